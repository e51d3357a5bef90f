// Every bit of a string beside every field: pointing at one shows the other.

import { el, fill } from './dom.js';
import { MARKS } from './words.js';

/** Rows that are drawn at first, of a segment that has more. */
const ROWS = 400;

/** Bits to a row: whole characters of either kind, and whole bytes. */
const PER_ROW = 24;

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The characters that bits stand for: six bits each in base64, eight in plain text and in a token's JSON. */
function characters(raw, { text, format }) {
  const of = (width, character) => Array.from({ length: Math.floor(raw.length / width) },
    (_, index) => character(Number.parseInt(raw.slice(index * width, (index + 1) * width), 2)));
  const plain = of(8, (code) => String.fromCharCode(code));
  if (format === 'token') return { width: 8, letters: plain.map((letter) => (/[ -~]/.test(letter) ? letter : '·')) };
  if (plain.length && text.includes(plain.join(''))) return { width: 8, letters: plain };
  return { width: 6, letters: of(6, (code) => BASE64[code]) };
}

/** The two views of each segment of an explanation. */
export function bits(explanation) {
  const segments = [];
  explanation.spans.forEach((span, index) => {
    // Two segments of one name start anew.
    const last = segments.at(-1);
    if (span.bit > 0 && last?.[0].segment === span.segment) last.push({ ...span, index });
    else segments.push([{ ...span, index }]);
  });
  return segments.map((spans) => segmentView(spans[0].segment, spans, explanation));
}

function segmentView(segment, spans, explanation) {
  const raw = spans.map((span) => span.raw).join('');
  const title = `Segment ${segment.replaceAll('_', ' ')}`;
  const detail = el('p', { class: 'detail', role: 'status' });
  const fields = fieldList(title, spans, choose);
  const grid = bitGrid(title, spans, raw, characters(raw, explanation), choose);
  let chosen = null;

  function choose(index, from) {
    if (index === null || index === chosen) return;
    chosen = index;
    const span = spans[index];
    const said = [span.error?.error ?? span.text, span.mark && `${span.mark}: ${MARKS[span.mark]}`].filter(Boolean);
    fill(detail, el('strong', {}, span.path), ` · ${place(span)} · `, el('code', {}, short(span.raw)),
      said.map((words) => ` · ${words}`));
    fields.show(index, from !== 'fields');
    grid.show(index, from !== 'grid');
  }

  choose(Math.max(spans.findIndex((span) => span.error), 0), 'start');
  return el('section', { class: 'segment', 'aria-label': title },
    el('h3', {}, title, el('small', {}, ` ${raw.length.toLocaleString('en-GB')} bits`)),
    detail,
    el('div', { class: 'views' }, fields.element, grid.element));
}

const place = ({ bit, bits }) => (bits < 2 ? `bit ${bit}` : `bits ${bit} to ${bit + bits - 1}`);
const short = (raw) => (raw.length > 64 ? `${raw.slice(0, 61)}…` : raw);

/** What a field is about, for its colour. */
function kind({ path, error }) {
  if (error) return 'fault';
  if (path === 'unread') return 'unread';
  if (/(^|\.)(fill|separator|dot)$/.test(path)) return 'fill';
  if (/vendor|provider|consented|disclosed/.test(path)) return 'vendors';
  if (/purpose|special_feature|restriction/.test(path)) return 'purposes';
  return 'header';
}

/** The fields: a list of options, of which one is chosen. */
function fieldList(title, spans, choose) {
  const rows = spans.map((span, index) => el('li', {
    role: 'option',
    id: `field-${span.index}`,
    'aria-selected': 'false',
    class: `field ${kind(span)}`,
    pointerenter: () => choose(index, 'fields'),
    click: () => choose(index, 'fields'),
  },
    el('span', { class: 'path' }, span.path),
    el('span', { class: 'value' }, span.error?.error ?? span.text ?? ''),
    el('span', { class: 'place' }, `${span.bit}`, el('small', {}, ` +${span.bits}`)),
    span.mark === 'inferred' && el('span', { class: 'inferred' }, 'inferred')));
  let chosen = 0;
  const element = el('ul', {
    class: 'fields-list',
    role: 'listbox',
    tabindex: '0',
    'aria-label': `${title}: fields`,
    keydown: (event) => {
      const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
      if (!(event.key in steps)) return;
      event.preventDefault();
      choose(Math.min(Math.max(chosen + steps[event.key], 0), spans.length - 1), 'keys');
    },
  }, rows);
  return {
    element,
    show(index, scroll) {
      rows[chosen].setAttribute('aria-selected', 'false');
      rows[index].setAttribute('aria-selected', 'true');
      element.setAttribute('aria-activedescendant', rows[index].id);
      chosen = index;
      if (scroll) scrollInto(element, rows[index]);
    },
  };
}

/** The bits, a row of whole groups each, with their characters and hexadecimal digits in front. */
function bitGrid(title, spans, raw, { width, letters }, choose) {
  const count = Math.ceil(raw.length / PER_ROW);
  const body = el('div', { class: 'rows', 'aria-hidden': 'true' });
  let current = 0;
  const element = el('div', {
    class: 'grid',
    role: 'slider',
    tabindex: '0',
    'aria-label': `${title}: bits`,
    'aria-valuemin': '0',
    'aria-valuemax': String(Math.max(raw.length - 1, 0)),
    'aria-valuenow': '0',
    'aria-valuetext': 'bit 0',
    pointerover: (event) => {
      const index = event.target.dataset?.span;
      if (index !== undefined) choose(Number(index), 'grid');
    },
    keydown: (event) => {
      const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: PER_ROW, ArrowUp: -PER_ROW, Home: -Infinity, End: Infinity };
      if (!(event.key in steps)) return;
      event.preventDefault();
      go(Math.min(Math.max(current + steps[event.key], 0), raw.length - 1));
    },
  }, body);
  const owner = new Int32Array(raw.length);
  spans.forEach((span, index) => owner.fill(index, span.bit, span.bit + span.bits));

  function go(bit) {
    current = bit;
    const span = spans[owner[bit]];
    choose(owner[bit], 'keys');
    element.setAttribute('aria-valuenow', String(bit));
    element.setAttribute('aria-valuetext', `bit ${bit} is ${raw[bit]}: ${span.path}, ${span.text ?? ''}`);
    body.querySelector('.here')?.classList.remove('here');
    const fragment = [...body.querySelectorAll(`[data-span="${owner[bit]}"][data-bit]`)].findLast((one) => Number(one.dataset.bit) <= bit);
    fragment?.classList.add('here');
  }

  function row(number) {
    const start = number * PER_ROW;
    const end = Math.min(start + PER_ROW, raw.length);
    const digits = [];
    for (let bit = start; bit < end; bit += 4) {
      digits.push(el('span', { 'data-span': String(owner[bit]), 'data-digit': String(bit) },
        Number.parseInt(raw.slice(bit, bit + 4).padEnd(4, '0'), 2).toString(16)), bit % 8 === 4 ? ' ' : '');
    }
    const shown = [];
    for (let bit = start; bit < end; bit += width) {
      shown.push(el('span', { 'data-span': String(owner[bit]), 'data-letter': String(bit) }, letters[bit / width] ?? ''));
    }
    const pieces = [];
    for (let bit = start; bit < end;) {
      const span = spans[owner[bit]];
      const until = Math.max(Math.min(span.bit + span.bits, end, bit - (bit % 8) + 8), bit + 1);
      pieces.push(el('span', {
        'data-span': String(owner[bit]),
        'data-bit': String(bit),
        class: `${kind(span)}${bit === span.bit ? ' first' : ''}`,
      }, raw.slice(bit, until)));
      if (until % 8 === 0) pieces.push(' ');
      bit = until;
    }
    return el('div', { class: 'line' },
      el('span', { class: 'offset' }, String(start)),
      el('span', { class: 'letters' }, shown),
      el('span', { class: 'digits' }, digits),
      el('span', { class: 'pieces' }, pieces));
  }

  let drawn = 0;
  const more = el('button', { type: 'button', click: () => draw(Infinity) }, `Show all ${count} rows`);
  function draw(limit) {
    const until = Math.min(count, limit);
    for (; drawn < until; drawn += 1) body.append(row(drawn));
    if (drawn < count) element.append(more);
    else more.remove();
  }
  draw(ROWS);

  return {
    element,
    show(index, scroll) {
      const span = spans[index];
      const old = body.querySelectorAll('.on');
      for (const one of old) one.classList.remove('on');
      const end = span.bit + span.bits;
      let first = null;
      const firstRow = Math.floor(span.bit / PER_ROW);
      const lastRow = Math.min(Math.floor((end - 1) / PER_ROW), drawn - 1);
      for (let number = firstRow; number <= lastRow; number += 1) {
        for (const one of body.children[number].querySelectorAll('[data-span]')) {
          const { bit, digit, letter } = one.dataset;
          const [from, size] = bit !== undefined ? [Number(bit), 1]
            : digit !== undefined ? [Number(digit), 4] : [Number(letter), width];
          if (from < end && from + size > span.bit) {
            one.classList.add('on');
            first ??= body.children[number];
          }
        }
      }
      if (scroll && first) scrollInto(element, first);
    },
  };
}

/** Scrolls a pane, and nothing around it, so that something in it is seen. */
function scrollInto(pane, inner) {
  const top = inner.offsetTop - pane.offsetTop;
  if (top < pane.scrollTop) pane.scrollTop = top - 8;
  else if (top + inner.offsetHeight > pane.scrollTop + pane.clientHeight) {
    pane.scrollTop = top + inner.offsetHeight - pane.clientHeight + 8;
  }
}
