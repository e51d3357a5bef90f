// The page in a real browser, opened from disk, without a network.
//
// CHROMIUM names the browser, if it isn't /usr/bin/chromium. SHOTS names a folder for pictures.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

import { chromium } from 'playwright-core';

const FILE = fileURLToPath(new URL('../dist/consent-string.html', import.meta.url));
const PAGE = pathToFileURL(FILE).href;
const SECTIONS = 'BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA';
const DIDOMI = `${SECTIONS}.AQAACAFkVONkgUIavQPm.XF229L4wQrauAgOe/AGP0SP7fa7bclNhB0~CAISHAgCEhJnd3NfMjAyMzA0MDYtMF9SQzEaAmVuIAEaBgiAo82hBg`;
// The example of IAB Europe's specification, and one that lib_tcstring publishes.
const TC = 'CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA';
const OLD_TC = 'COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA';
// A statuses code that nobody publishes, and no real string has.
const INFERRED = 'BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCAABAABMAAgAAgAFAAkAAoABgAGAAggAAA';
const NOW = new Date('2026-03-10T12:00:00Z');

let browser;
let context;
let page;
let requests;
let problems;

async function open(options = {}) {
  await context?.close();
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, offline: true, ...options });
  page = await context.newPage();
  requests = [];
  problems = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  page.setDefaultTimeout(10_000);
  await page.clock.setFixedTime(NOW);
}

async function show(text, options) {
  await open(options);
  await page.goto(`${PAGE}#${encodeURIComponent(text)}`);
  await page.locator('body:not(.loading)').waitFor();
}

const text = (selector) => page.locator(selector).first().innerText();
const input = () => page.locator('#text').inputValue();
async function paste(value) {
  await page.locator('#text').fill(value);
}

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
});
after(() => browser?.close());

describe('strings', () => {
  beforeEach(() => show(''));

  test('nothing is shown of nothing', async () => {
    assert.equal(await page.locator('#summary').isVisible(), false);
    assert.equal(await page.locator('#bits').isVisible(), false);
  });

  test('a Didomi string says what Didomi publishes of it', async () => {
    await paste(DIDOMI);
    const summary = await text('#summary');
    assert.match(summary, /Didomi Consent String version 1/);
    assert.match(summary, /1875afe1-461b-6b9f-9d66-700174abbffc/);
    assert.match(summary, /12 April 2023 at 18:10 UTC|12 April 2023, 18:10 UTC/);
    assert.match(summary, /allowed 5 purposes and 5 vendors, and refused 2 purposes and no vendor/);
    assert.match(summary, /Older than 13 months/);
    const row = page.locator('#parts tbody tr').nth(2);
    assert.match(await row.innerText(), /3\s+✕ Refused\s+✕ Refused/);
    assert.match(await text('#parts'), /128–132/);
    assert.equal(await page.locator('#question').isVisible(), false);
  });

  test('a TC string says whether it is valid today', async () => {
    await paste(TC);
    assert.match(await text('#summary'), /Not valid today/);
    assert.match(await text('#summary'), /older policies/);
    assert.match(await text('#parts'), /1–5, 100, 404/);
    await paste(OLD_TC);
    assert.match(await text('#summary'), /Too old/);
    assert.match(await text('#parts'), /Measure advertising performance \(7\): only with consent, for vendor 32/);
  });

  test('a GPP string says what each section says, US strings and AC strings too', async () => {
    await paste('DBACNY~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA~1YNN');
    assert.match(await text('#summary'), /IAB GPP string version 1/);
    assert.match(await text('#parts'), /European Union \(TCF\): section 2\s+Made .* Not valid today|European Union \(TCF\): section 2\s+Made .* Too old/);
    assert.match(await text('#parts'), /Opted out of the sale of data\s+no/);
    await paste('1YNN');
    assert.match(await text('#summary'), /did not opt out of the sale/);
    await paste('2~1.35.41.101~dv.9.21.81');
    assert.match(await text('#summary'), /consented to 4 providers/);
    assert.match(await text('#parts'), /1, 9, 21, 35, 41, 81, 101/);
  });

  test('each example can be read', async () => {
    const examples = page.locator('#examples button');
    for (const name of await examples.allInnerTexts()) {
      await examples.filter({ hasText: new RegExp(`^${name}$`) }).click();
      assert.equal(await page.locator('#problem h2').count(), 0, name);
      assert.ok(await page.locator('#parts .part').count() > 0, name);
      assert.ok(await page.locator('#segments .field').count() > 0, name);
    }
  });

  test('a token shows each property, known or not', async () => {
    const token = {
      user_id: '7faf675d-99c0-4ad2-bbbf-f0fa962587b0',
      created: '2026-01-27T07:15:05.610Z',
      updated: '2026-01-27T07:15:05.610Z',
      version: 2,
      vendors: { enabled: ['google', '<b id=evil>'], disabled: ['c:hotjar'] },
      ac: 'AGWAGACMAFIAZQ.AAAA',
      '<i>x</i>': ['<b id=evil>'],
    };
    await paste(btoa(JSON.stringify(token)));
    assert.match(await text('#summary'), /Didomi token version 2\s+✓ Changed 1 month ago/);
    const parts = await text('#parts');
    assert.match(parts, /c:hotjar\s+refused/);
    assert.match(parts, /consent: 35, 41, 101/);
    assert.match(parts, /<i>x<\/i>\s+\["<b id=evil>"\]/);
    assert.equal(await page.locator('#evil, main b, main i:not(.square)').count(), 0);
    await page.locator('#segments .field', { hasText: 'vendors.disabled' }).first().hover();
    assert.match(await text('#segments .segment .detail'), /c:hotjar/);
    assert.deepEqual(problems, []);
  });

  test('Canada’s section shows all that it has, without names of the European Union', async () => {
    await paste('DBABD~BPSG_8APSG_8AAyACAENGdCgf_gfgAfgfgBgABABAAABAB4AACACAAA.fHHHA4444ao');
    const parts = await text('#parts');
    assert.match(parts, /Vendors: implied consent\s+2 vendors allowed/);
    assert.match(parts, /Special features[\s\S]+7\s+✓ Allowed/);
    assert.match(parts, /Purposes of the site’s own[\s\S]+2\s+✓ Allowed\s+– No/);
    assert.doesNotMatch(parts, /advertising/);
  });

  test('a reading that is only inferred is told as such', async () => {
    await paste(INFERRED);
    assert.match(await text('#summary'), /Partly inferred/);
    assert.match(await text('#summary'), /don’t act on it/);
    await page.locator('#segments .field .inferred').first().waitFor();
  });

  test('a vendor may, or may not, and why', async () => {
    await paste(TC);
    await page.locator('#vendor').fill('2');
    assert.match(await text('#answer'), /No: the string isn’t valid today/);
    await paste(OLD_TC);
    await page.locator('#purpose').selectOption('6');
    assert.match(await text('#answer'), /Yes: vendor 2 may, on consent/);
    await page.locator('#purpose').selectOption('2');
    assert.match(await text('#answer'), /No: the visitor didn’t agree to the purpose/);
    await page.locator('#vendor').fill('x');
    assert.match(await text('#answer'), /Which vendor/);
  });

  test('a cookie header has several, to choose one from', async () => {
    await paste(`Cookie: theme=dark; didomi_dcs=%22${encodeURIComponent(DIDOMI)}%22; euconsent-v2=${TC}`);
    const entries = page.locator('#entries input');
    assert.equal(await entries.count(), 2);
    assert.match(await text('#summary'), /Didomi Consent String/);
    await entries.nth(1).check();
    assert.match(await text('#summary'), /IAB TC string/);
  });

  test('a value as it stands in a cookie is decoded', async () => {
    await paste(`"${DIDOMI.replace('~', '%7E')}"`);
    assert.match(await text('#summary'), /Didomi Consent String/);
  });

  test('the fault of a string that is cut is shown at its place', async () => {
    await paste(SECTIONS.slice(0, 40));
    assert.match(await text('#problem'), /cut off/);
    assert.match(await text('#problem'), /truncated, segment sections, bit 2\d\d/);
    assert.match(await text('#problem mark'), /⟨end⟩$/);
    assert.equal(await page.locator('#summary').isVisible(), false);
  });

  test('a wrong character is marked', async () => {
    await paste(`${TC.slice(0, 10)}!${TC.slice(11)}`);
    assert.equal(await text('#problem mark'), '!');
    assert.match(await text('#problem'), /character 11/);
  });

  test('markup in a string stays text', async () => {
    const evil = '<img src=x onerror=alert(1)><b id=evil>';
    for (const value of [evil, `${SECTIONS}.<b/id=evil>x</b>~<i>`, `didomi_dcs=${evil}`]) {
      await paste(value);
      assert.equal(await page.locator('#evil, main b, main img, main i:not(.square)').count(), 0, value);
    }
    await paste(`${SECTIONS}.<b/id=evil>x</b>`);
    assert.match(await text('#summary'), /<b\/id=evil>x<\/b>/);
    assert.deepEqual(problems, []);
  });
});

describe('the address', () => {
  test('a string behind # is opened', async () => {
    await show(TC);
    assert.equal(await input(), TC);
    assert.match(await text('#summary'), /IAB TC string/);
  });

  test('a change of the address is followed, and one that is no percent-encoding is taken as it is', async () => {
    await show(TC);
    await page.evaluate((hash) => { location.hash = hash; }, OLD_TC);
    await page.locator('#summary', { hasText: 'Too old' }).waitFor();
    await page.evaluate(() => { location.hash = '%E0%A4%A'; });
    await page.locator('#problem', { hasText: 'can’t be read' }).waitFor();
  });

  test('two strings behind # are compared', async () => {
    await open();
    await page.goto(`${PAGE}#${encodeURIComponent(DIDOMI)}&${SECTIONS}`);
    await page.locator('#difference table').waitFor();
    assert.match(await text('#difference'), /Did\s+AQAACAFkVONkgUIavQPm\s+none/);
  });

  test('what is typed is not put into the address', async () => {
    await show('');
    await paste(DIDOMI);
    assert.doesNotMatch(page.url(), /BGHW/);
  });
});

describe('bits', () => {
  test('pointing at a field shows its bits, and at a bit its field', async () => {
    await show(DIDOMI);
    const field = page.locator('#segments .field', { hasText: 'user_id' }).first();
    await field.hover();
    assert.equal(await field.getAttribute('aria-selected'), 'true');
    const on = await page.locator('#segments .segment').first().locator('.pieces .on').allInnerTexts();
    assert.equal(on.join('').length, 128);
    assert.match(await text('#segments .segment .detail'), /bits 6 to 133/);
    await page.locator('#segments .pieces [data-bit="0"]').first().hover();
    assert.match(await text('#segments .segment .detail'), /^version/);
  });

  test('arrow keys do the same', async () => {
    await show(TC);
    const fields = page.locator('#segments .fields-list').first();
    await fields.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.match(await text('#segments .segment .detail'), /^last_updated/);
    const grid = page.locator('#segments .grid').first();
    await grid.focus();
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('ArrowRight');
    assert.match(await grid.getAttribute('aria-valuetext'), /^bit 6 is 0: created/);
    assert.match(await text('#segments .segment .detail'), /^created/);
  });

  test('the fault of a bad string is among them', async () => {
    await show(SECTIONS.slice(0, 40));
    assert.equal(await page.locator('#segments .field.fault').count(), 1);
  });
});

describe('names', () => {
  const file = (name, value) => ({ name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(value)) });

  test('a vendor list gives names, as text', async () => {
    await show(TC);
    await page.locator('#files').setInputFiles([
      file('vendor-list.json', {
        gvlSpecificationVersion: 3, vendorListVersion: 48, vendors: { 2: { id: 2, name: '<b>Two</b>' }, 404: { id: 404, name: 'Four' } },
      }),
      file('cmps.json', { cmps: { 880: { id: 880, name: 'A platform' } } }),
      file('nothing.json', []),
    ]);
    await page.locator('#lists li').nth(2).waitFor();
    assert.match(await text('#lists'), /version 48: 2 vendors/);
    assert.match(await text('#lists'), /nothing\.json: this is none of the lists/);
    assert.match(await text('#summary'), /A platform \(CMP 880/);
    const consent = page.locator('canvas.picture').first();
    await consent.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    assert.equal(await consent.getAttribute('aria-valuetext'), 'Vendor 2, <b>Two</b>: allowed');
  });

  test('Didomi’s numbers of purposes and vendors', async () => {
    await show(DIDOMI);
    await page.locator('#files').setInputFiles([
      file('purposes.json', { total: 1, data: [{ metadata_purpose_id: 'cookies', numeric_id: 1 }] }),
      file('partners.json', { total: 1, data: [{ metadata_partner_id: 'google', numeric_id: 130 }] }),
    ]);
    await page.locator('#lists li').nth(1).waitFor();
    assert.match(await page.locator('#parts tbody tr').first().innerText(), /cookies/);
    await page.locator('#parts details', { hasText: 'by name' }).first().click();
    assert.match(await text('#parts'), /130 google/);
  });
});

describe('comparing', () => {
  test('what changed is shown, and that nothing did', async () => {
    await show(DIDOMI);
    await page.locator('#other').fill(DIDOMI);
    assert.match(await text('#difference'), /say the same/);
    await page.locator('#edit').click();
    await page.locator('[data-key="cell purposes 3"]').click();
    // The first string is the changed one now.
    const changes = await text('#difference');
    assert.match(changes, /Purposes\s+3\s+not said\s+refused/i);
    await page.locator('#other').fill(TC);
    assert.match(await text('#difference'), /two formats: Didomi Consent String and IAB TC string/);
    await page.locator('#other').fill('nonsense');
    assert.match(await text('#difference'), /can’t be read/);
  });
});

describe('building', () => {
  test('a click changes the string, which reads back so', async () => {
    await show(DIDOMI);
    await page.locator('#edit').click();
    await page.locator('[data-key="cell purposes 9"]').waitFor({ state: 'detached' });
    await page.locator('[data-key="cell purposes 1"]').click();
    const changed = await input();
    assert.notEqual(changed, DIDOMI);
    assert.match(changed, /^B/);
    assert.doesNotMatch(changed, /~/, 'the signature was of another string');
    assert.equal(await page.evaluate(() => document.activeElement.dataset.key), 'cell purposes 1');
    await show(changed);
    assert.match(await page.locator('#parts tbody tr').first().innerText(), /1\s+✕ Refused\s+✓ Allowed/);
  });

  test('a new TC string, purposes and vendors', async () => {
    await show('');
    await page.locator('#new button', { hasText: 'TC string' }).click();
    await page.locator('[data-key="cell purposes_consent 4"]').click();
    const vendors = page.locator('#ranges-vendors_consent-ids');
    await vendors.fill('1-10, 755');
    await vendors.press('Enter');
    await page.locator('#ranges-disclosed_vendors-ids').fill('755');
    await page.locator('#ranges-disclosed_vendors-ids').press('Enter');
    await page.locator('#edit').click();
    assert.match(await text('#summary'), /Valid today\n/);
    assert.match(await text('#summary'), /consented to 1 purpose and 11 vendors/);
    await page.locator('#vendor').fill('755');
    assert.match(await text('#answer'), /Yes: vendor 755 may, on consent/);
    await page.locator('#vendor').fill('10');
    assert.match(await text('#answer'), /wasn’t told about this vendor/);
  });

  test('a vendor is changed in the picture, by keys and by pointer', async () => {
    await show(DIDOMI);
    await page.locator('#edit').click();
    const picture = page.locator('[data-key="picture vendors"]');
    await picture.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    assert.match(await page.locator('#ranges-vendors-enabled').inputValue(), /^1, 128-132$/);
    const box = await page.locator('[data-key="picture vendors"]').boundingBox();
    await page.mouse.click(box.x + 3, box.y + 3);
    assert.match(await page.locator('#ranges-vendors-disabled').inputValue(), /^1$/);
  });

  test('a section of a GPP string, and an AC string', async () => {
    await show('DBACNY~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA~1YNN');
    await page.locator('#edit').click();
    await page.locator('#edit-sections-1-opt_out_sale').selectOption('yes');
    assert.match(await input(), /^DBACNY~CPXx.*~1YYN$/);
    await page.locator('[data-key="cell sections.0.tc.purposes_consent 4"]').click();
    assert.match(await text('#parts'), /1 of 11|✓\s+Allowed/);
    await paste('2~1.35~dv.9');
    await page.locator('#edit').click();
    await page.locator('#ranges-consented-ids').fill('1, 41');
    await page.locator('#ranges-consented-ids').press('Enter');
    assert.match(await input(), /^2~1\.41~dv\.9/);
  });

  test('what no string can say is refused in words', async () => {
    await show(DIDOMI);
    await page.locator('#edit').click();
    await page.locator('#edit-user_id').fill('nobody');
    await page.locator('#edit-user_id').press('Enter');
    assert.match(await text('#problem'), /No string can say this/);
    assert.match(await text('#problem'), /user_id/);
    await page.locator('#ranges-vendors-enabled').fill('0-3');
    await page.locator('#ranges-vendors-enabled').press('Enter');
    assert.match(await text('#parts .wrong:not(:empty)'), /expected numbers from 1/);
    assert.equal(await input(), DIDOMI);
  });
});

describe('sent nowhere', () => {
  test('nothing is asked for but the file, whatever is done', async () => {
    await show(DIDOMI);
    await paste(TC);
    await page.locator('#edit').click();
    await page.locator('#share').click();
    assert.deepEqual([...new Set(requests.map((url) => url.split('#')[0]))], [PAGE]);
    assert.deepEqual(problems, []);
  });

  test('the policy refuses requests, inline scripts and markup', async () => {
    let hits = 0;
    const server = createServer((_, response) => { hits += 1; response.end(); }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${server.address().port}/`;
    try {
      await show(TC, { offline: false });
      const refused = await page.evaluate(async (url) => {
        const broken = [];
        document.addEventListener('securitypolicyviolation', (event) => broken.push(event.effectiveDirective));
        await fetch(url, { mode: 'no-cors' }).catch(() => {});
        navigator.sendBeacon(url);
        new Image().src = `${url}image.png`;
        document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${url}style.css` }));
        const attempts = {};
        const attempt = (name, run) => {
          try {
            run();
            attempts[name] = 'taken';
          } catch {
            attempts[name] = 'refused';
          }
        };
        attempt('markup', () => { document.body.innerHTML += '<p>'; });
        attempt('script', () => { document.body.append(Object.assign(document.createElement('script'), { text: 'window.ran = true' })); });
        setTimeout('window.ran = true');
        await new Promise((done) => { setTimeout(done, 300); });
        return { broken, attempts, ran: window.ran ?? false };
      }, address);
      for (const directive of ['connect-src', 'img-src', 'style-src-elem']) {
        assert.ok(refused.broken.includes(directive), `${directive}: ${refused.broken}`);
      }
      assert.deepEqual(refused.attempts, { markup: 'refused', script: 'refused' });
      assert.equal(refused.ran, false);
      assert.equal(hits, 0);
      // Without the policy the same request arrives.
      await show(TC, { offline: false, bypassCSP: true });
      await page.evaluate((url) => fetch(url, { mode: 'no-cors' }), address);
      assert.equal(hits, 1);
    } finally {
      server.close();
    }
  });
});

describe('for everybody', () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1280, 360]) {
      test(`axe finds nothing, ${colorScheme}, ${width} pixels`, async () => {
        const axe = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
        for (const value of ['', DIDOMI, TC, SECTIONS.slice(0, 40)]) {
          await show(value, { colorScheme, bypassCSP: true, viewport: { width, height: 800 } });
          if (value === DIDOMI) {
            await page.locator('#edit').click();
            await page.locator('#other').fill(SECTIONS);
          }
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => window.axe.run(document, {
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
          }));
          assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 120))]), []);
          const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          assert.ok(over <= 0, `${over} pixels too wide`);
        }
      });
    }
  }

  test('pictures of it', { skip: !process.env.SHOTS }, async () => {
    for (const [name, value] of [['didomi', DIDOMI], ['tc', TC], ['bad', SECTIONS.slice(0, 40)], ['empty', '']]) {
      for (const colorScheme of ['light', 'dark']) {
        for (const width of [1280, 390]) {
          await show(value, { colorScheme, viewport: { width, height: 900 } });
          await page.screenshot({ path: `${process.env.SHOTS}/${name}-${colorScheme}-${width}.png`, fullPage: true });
        }
      }
    }
  });
});

test('the page weighs no more than 250 KiB gzipped', async () => {
  const size = gzipSync(await readFile(FILE), { level: 9 }).length;
  assert.ok(size <= 250 * 1024, `${size} bytes`);
});
