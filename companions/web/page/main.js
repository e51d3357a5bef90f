// The page: what was pasted, and everything that is shown of it.

import * as consent from '../npm/api.js';
import { initSync } from '../npm/wasm/consent_string_web.js';
import packed from '../npm/wasm/consent_string_web_bg.wasm';
import { bits } from './bits.js';
import { compare } from './compare.js';
import { describe } from './describe.js';
import { byId, confirm, copy, el, fill, keepingFocus } from './dom.js';
import { blank, form, withStatus } from './edit.js';
import { EXAMPLES } from './examples.js';
import { Names } from './names.js';
import { scrolling, show } from './parts.js';
import { unpack } from './unpack.js';
import { FAULTS, FORMATS, REFUSALS, TCF_PURPOSES, VIOLATIONS, age } from './words.js';

const names = new Names();
const state = {
  /** What was pasted holds these strings: `{ name, format, text }`. */
  entries: [],
  /** Which of them is shown. */
  shown: 0,
  /** The decoded string that is shown, or `null`. */
  value: null,
  editing: false,
};

async function start() {
  initSync({ module: await WebAssembly.compile(unpack(packed)) });
  fill(byId('purpose'), Object.entries(TCF_PURPOSES).map(([id, name]) => el('option', { value: id, selected: id === '4' }, `${id} ${name}`)));
  fill(byId('examples'), el('span', {}, 'Or look at an example: '), EXAMPLES.map(({ name, text }) => (
    el('button', { type: 'button', class: 'link', click: () => open(text) }, name))));
  fill(byId('new'), [['didomi-2', 'Didomi, version 2'], ['didomi-1', 'Didomi, version 1'], ['tcf', 'TC string'], ['us_privacy', 'US Privacy']]
    .map(([format, name]) => el('button', { type: 'button', click: () => build(format) }, name)));
  byId('text').addEventListener('input', () => { state.shown = 0; state.editing = false; read(); });
  byId('other').addEventListener('input', difference);
  byId('clear').addEventListener('click', () => { open(''); byId('text').focus(); });
  byId('copy').addEventListener('click', (event) => copyText(event.target, byId('text').value.trim(), 'Copied'));
  byId('share').addEventListener('click', (event) => copyText(event.target, address(), 'Link copied'));
  byId('edit').addEventListener('click', () => { state.editing = !state.editing; render(); });
  for (const id of ['vendor', 'purpose', 'basis', 'flexible']) byId(id).addEventListener('input', ask);
  byId('ask').addEventListener('submit', (event) => event.preventDefault());
  byId('files').addEventListener('change', (event) => readLists(event.target.files));
  drops();
  // An address behind `#` is a string, so the links within the page may not become one.
  for (const [link, target] of [['skip', 'result'], ['to-privacy', 'about-privacy']]) {
    byId(link).addEventListener('click', (event) => {
      event.preventDefault();
      byId(target).focus();
      byId(target).scrollIntoView();
    });
  }
  window.addEventListener('hashchange', readAddress);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', render);
  readAddress();
  document.body.classList.remove('loading');
}

/** The address of this view: the string, and the one that it is compared with, behind `#`. */
function address() {
  const strings = [byId('text').value, byId('other').value].map((text) => text.trim()).filter(Boolean);
  return `${location.href.split('#')[0]}#${strings.map(encodeURIComponent).join('&')}`;
}

function readAddress() {
  const [text = '', other = ''] = location.hash.slice(1).split('&').map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  byId('other').value = other;
  open(text);
}

/** Shows a text in the place of what is shown. */
function open(text) {
  byId('text').value = text;
  Object.assign(state, { shown: 0, editing: false });
  read();
}

async function copyText(button, text, done) {
  if (await copy(text)) return confirm(button, done);
  // Where the browser keeps the clipboard to itself, the text is there to be taken by hand.
  const field = el('input', { class: 'wide', value: text, readonly: true, 'aria-label': 'To copy' });
  button.closest('.row').after(field);
  field.select();
  field.addEventListener('blur', () => field.remove());
  return undefined;
}

/** The strings of what was pasted: those of a cookie header, or the one that it is. */
const strings = (text) => (text ? consent.strings(text) : []);

function read() {
  const text = byId('text').value.trim();
  state.entries = strings(text);
  render();
}

function decode({ text, format, error }) {
  if (error) throw new consent.ConsentStringError(error);
  return consent.decode(text, { format: format ?? undefined, inferredCodes: 'accept' });
}

function render() {
  keepingFocus(() => {
    const entry = state.entries[state.shown];
    let fault = null;
    state.value = null;
    if (entry) {
      try {
        state.value = decode(entry);
      } catch (error) {
        fault = error;
      }
    }
    document.body.classList.toggle('empty', !entry);
    document.body.classList.toggle('bad', fault !== null);
    byId('result').hidden = !state.value;
    byId('bits').hidden = !entry;
    renderEntries();
    fill(byId('problem'), fault && problem(fault, entry));
    if (state.value) renderValue();
    if (entry) renderBits(entry);
    difference();
  });
}

/** What is wrong, in everyday words, exactly, and where. */
function problem(fault, { text }) {
  const { kind, format, segment, bit, character } = fault;
  byId('status').textContent = `This can’t be read: ${FAULTS[kind] ?? fault.message}`;
  return el('div', { class: 'problem' },
    el('h2', {}, 'This can’t be read'),
    el('p', {}, FAULTS[kind] ?? 'A part of it is not as it must be, so that nobody can say for sure what was allowed.'),
    typeof character === 'number' && picturePlace(text, character, kind === 'truncated'),
    el('p', { class: 'exact' },
      format && FORMATS[format] ? `Read as a ${FORMATS[format].name}: ` : '', fault.message,
      el('small', {}, ` (${[kind, segment && `segment ${segment}`, typeof bit === 'number' && `bit ${bit}`,
        typeof character === 'number' && `character ${character + 1}`].filter(Boolean).join(', ')})`)),
    el('p', {}, 'A string that can’t be read allows nothing.'));
}

/** The text with the character at fault marked, or all from there on where the end is missing. */
function picturePlace(text, character, isCut) {
  const end = isCut ? text.length : character + 1;
  const before = text.slice(Math.max(0, character - 48), character);
  const after = text.slice(end, end + 24);
  return el('p', { class: 'fault-place' },
    el('code', {}, character > 48 ? '…' : '', before,
      el('mark', {}, text.slice(character, end), isCut || character >= text.length ? '⟨end⟩' : ''),
      after, end + 24 < text.length ? '…' : ''));
}

/** The strings of a cookie header, to choose one from. */
function renderEntries() {
  const { entries, shown } = state;
  const named = entries.some(({ name }) => name);
  fill(byId('entries'), named && el('fieldset', {},
    el('legend', {}, entries.length === 1 ? 'One consent string in it:' : `${entries.length} consent strings in it:`),
    entries.map((entry, index) => el('label', { class: 'entry' },
      el('input', {
        type: 'radio', name: 'entry', checked: index === shown, 'data-key': `entry ${index}`,
        change: () => { state.shown = index; state.editing = false; render(); },
      }), ` ${entry.name}`))));
}

function renderValue() {
  const { value, editing } = state;
  const now = new Date();
  const { text } = state.entries[state.shown];
  const described = describe(value, {
    names,
    now,
    judge: (section) => judgeTc(section, now),
    told: (path) => consent.explain(text, { format: value.format }).spans.find((span) => span.path === path)?.text ?? '',
  });
  const verdict = judge(now);
  byId('status').textContent = `${described.name}. ${verdict.text}`;
  fill(byId('summary'),
    el('div', { class: 'title' },
      el('h2', { id: 'summary-title' }, described.name,
        described.version ? el('small', {}, ` version ${described.version}`) : ''),
      el('p', { class: `verdict ${verdict.tone}` }, el('span', { 'aria-hidden': 'true' }, verdict.mark), ` ${verdict.text}`)),
    el('p', {}, described.what),
    described.short && el('p', { class: 'short' }, described.short),
    verdict.reasons.length > 0 && el('ul', { class: 'reasons' }, verdict.reasons.map((reason) => el('li', {}, reason))),
    el('dl', { class: 'facts' }, described.facts.map(([name, fact]) => el('div', {}, el('dt', {}, name), el('dd', {}, fact)))));
  const editable = ['didomi', 'tcf', 'gpp', 'us_privacy', 'ac'].includes(value.format);
  byId('edit').hidden = !editable;
  byId('edit').setAttribute('aria-pressed', String(editing));
  byId('edit').textContent = editing ? 'Done' : 'Change it';
  byId('choices-help').textContent = editing
    ? 'Click a choice or a square to change it. The string above is written anew each time, to be copied from there.'
    : verdict.text === 'Not valid today' ? 'This is what the string says. As it isn’t valid today, none of it counts.' : '';
  fill(byId('editor'), editing && form(value, change));
  const context = {
    names,
    editing: editing ? {
      value,
      setStatus: (path, id, status) => change(withStatus(state.value, path, id, status)),
      setValue: change,
    } : null,
  };
  fill(byId('parts'), described.parts.map((part) => show(part, context)));
  byId('question').hidden = value.format !== 'tcf';
  if (value.format === 'tcf') ask();
}

/** Whether a string counts today: what its format says of that, and why. */
function judge(now) {
  const { value } = state;
  if (value.format === 'tcf') return judgeTc(state.entries[state.shown].text, now);
  if (value.format === 'didomi' && isInferred(state.entries[state.shown].text)) {
    return { tone: 'bad', mark: '!', text: 'Partly inferred', reasons: [INFERRED] };
  }
  if (value.format === 'didomi' || value.format === 'token') return judgeAge(value.updated, now);
  const reasons = value.format === 'ac' ? ['It counts only as long as the TC string beside it does.'] : [];
  return { tone: 'neutral', mark: '✓', text: 'Can be read', reasons };
}

const INFERRED = 'It has a code whose meaning is neither published nor seen in real strings. What is shown is the reading that fits all that is known: don’t act on it.';

/** Whether a Didomi string can only be read with codes that are inferred. */
function isInferred(text) {
  try {
    consent.decode(text, { format: 'didomi' });
    return false;
  } catch {
    return true;
  }
}

/** Months after which choices are usually asked for anew. */
const MONTHS = 13;

/** Didomi's formats have no rule by which a string doesn't count any more: only its age can be told. */
function judgeAge(updated, now) {
  const limit = new Date(now);
  limit.setUTCMonth(limit.getUTCMonth() - MONTHS);
  const reasons = [`This format sets no date from which the choices don’t count any more: that is for the site to say. ${MONTHS} months are usual.`];
  if (!updated) return { tone: 'neutral', mark: '✓', text: 'Can be read', reasons };
  if (new Date(updated) < limit) return { tone: 'bad', mark: '!', text: `Older than ${MONTHS} months`, reasons };
  return { tone: 'good', mark: '✓', text: `Changed ${age(updated, now)}`, reasons };
}

function judgeTc(text, now) {
  const found = consent.violations(text, { at: now });
  const reasons = found.map(({ name, message }) => VIOLATIONS[name] ?? `${message}.`);
  const has = (effect) => found.some((violation) => violation.effect === effect);
  if (has('invalid')) return { tone: 'bad', mark: '✕', text: 'Not valid today', reasons };
  if (has('ask_anew')) return { tone: 'bad', mark: '!', text: 'Too old: to be asked anew', reasons };
  return { tone: 'good', mark: '✓', text: reasons.length ? 'Valid today, with remarks' : 'Valid today', reasons };
}

/** Writes a changed value, and shows the new string. */
function change(value) {
  let text;
  try {
    text = consent.encode(value);
  } catch (error) {
    fill(byId('problem'), el('div', { class: 'problem' }, el('h2', {}, 'No string can say this'), el('p', { class: 'exact' }, error.message)));
    return;
  }
  byId('text').value = text;
  state.entries = [{ name: null, format: value.format, text, error: null }];
  state.shown = 0;
  render();
}

function build(format) {
  state.editing = true;
  change(blank(format, Date.now()));
  byId('text').scrollIntoView({ block: 'center' });
  byId('text').focus({ preventScroll: true });
}

function renderBits({ text, format }) {
  let explanation;
  try {
    explanation = consent.explain(text, { format: format ?? undefined, inferredCodes: 'accept' });
  } catch (error) {
    fill(byId('segments'), el('p', { class: 'help' }, error.message));
    return;
  }
  const segments = bits(explanation);
  fill(byId('segments'), segments.length ? segments : el('p', { class: 'help' }, 'There is nothing to show of this one.'));
}

/** The answer to the question of one vendor and one purpose. */
function ask() {
  const { value } = state;
  if (value?.format !== 'tcf') return;
  const vendor = byId('vendor').value.trim();
  const answer = byId('answer');
  answer.className = 'answer';
  if (!/^\d{1,5}$/.test(vendor)) {
    answer.textContent = 'Which vendor? Expected its number in IAB’s list.';
    return;
  }
  const name = names.get('tcf-vendor', vendor);
  try {
    const { allowed, basis, reason } = consent.permits({
      tc: state.entries[state.shown].text,
      vendor: `iab:${vendor}`,
      purpose: `iab:${byId('purpose').value}`,
      basis: byId('basis').value,
      flexible: byId('flexible').checked,
    });
    const who = name ? `${name} (${vendor})` : `vendor ${vendor}`;
    answer.classList.add(allowed ? 'good' : 'bad');
    answer.textContent = allowed
      ? `✓ Yes: ${who} may, on ${basis === 'consent' ? 'consent' : 'legitimate interest'}.`
      : `✕ No: ${because(reason)}`;
  } catch (error) {
    answer.textContent = error.message;
  }
}

/** A reason against, as the end of a sentence. */
function because(reason) {
  if (REFUSALS[reason]) return `${REFUSALS[reason]}.`;
  const rule = VIOLATIONS[reason] ?? `${reason.replaceAll('_', ' ')}.`;
  return `the string isn’t valid today. ${rule}`;
}

function difference() {
  const text = byId('other').value.trim();
  const target = byId('difference');
  if (!text) return fill(target);
  const entry = strings(text)[0];
  if (!state.value) return fill(target, el('p', { class: 'help' }, 'Paste the first string at the top.'));
  let value;
  try {
    value = decode(entry);
  } catch (error) {
    return fill(target, problem(error, entry));
  }
  if (value.format !== state.value.format) {
    return fill(target, el('p', {}, `They are of two formats: ${FORMATS[state.value.format].name} and ${FORMATS[value.format].name}.`));
  }
  const { fields, sections } = compare(state.value, value);
  if (!fields.length && !sections.length) return fill(target, el('p', { class: 'verdict good' }, '✓ Both say the same.'));
  const table = (caption, head, rows) => rows.length > 0 && scrolling(caption, el('table', {},
    el('caption', {}, caption),
    el('thead', {}, el('tr', {}, head.map((name) => el('th', { scope: 'col' }, name)))),
    el('tbody', {}, rows.map(([first, ...rest]) => el('tr', {}, el('th', { scope: 'row' }, first), rest.map((cell) => el('td', {}, cell)))))));
  return fill(target,
    table('Choices', ['Where', 'Numbers', 'Was', 'Is'], sections.map((one) => [one.section, one.ids, one.from, one.to])),
    table('Other fields', ['Field', 'Was', 'Is'], fields));
}

async function readLists(files) {
  for (const file of files) {
    let line;
    try {
      line = el('li', {}, `${file.name}: ${names.read(await file.text())}`);
    } catch (error) {
      line = el('li', { class: 'wrong' }, `${file.name}: ${error.message}`);
    }
    byId('lists').append(line);
  }
  fill(byId('vendors'), names.entries('tcf-vendor').map(([id, name]) => el('option', { value: id }, name)));
  render();
}

/** Files may be dropped anywhere. */
function drops() {
  const zone = byId('drop');
  window.addEventListener('dragover', (event) => { event.preventDefault(); zone.classList.add('over'); });
  window.addEventListener('dragleave', () => zone.classList.remove('over'));
  window.addEventListener('drop', (event) => {
    event.preventDefault();
    zone.classList.remove('over');
    readLists(event.dataTransfer.files);
  });
}

start();
