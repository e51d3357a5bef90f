// The parts of a description as elements.

import { el } from './dom.js';
import { next, rangeForm, select, withAt } from './edit.js';
import { nameOf } from './names.js';
import { picture, rangeText, tally } from './picture.js';
import { STATUSES, label } from './words.js';

/** A part as an element. `editing` is `null`, or `{ value, setStatus, setValue }`. */
export function show(part, context, level = 3) {
  const heading = part.title && el(`h${level}`, {}, part.title);
  const note = part.note && el('p', { class: 'help' }, part.note);
  const body = { purposes, ids, facts, items, group }[part.type](part, context, level);
  return el('section', { class: part.type === 'group' ? 'part group' : 'part', 'aria-label': part.title ?? null }, heading, note, body);
}

function purposes(part, { editing }) {
  if (!part.rows.length) return el('p', { class: 'none' }, 'Nothing is said of any.');
  return scrolling(part.title, el('table', {},
    el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, part.noun), part.columns.map((name) => el('th', { scope: 'col' }, name)))),
    el('tbody', {}, part.rows.map((row) => el('tr', {},
      el('th', { scope: 'row' }, el('span', { class: 'id' }, String(row.id)), row.name ? ` ${row.name}` : ''),
      row.cells.map((cell, index) => el('td', {}, editing ? cellButton(part, row, cell, index, editing) : status(cell.status))))))));
}

/** A table that may be wider than the page, to be scrolled by keys as well. */
export const scrolling = (label, table) => el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': label }, table);

function status(name) {
  const { mark, word } = STATUSES[name];
  return el('span', { class: `status ${name}` }, el('span', { class: 'mark', 'aria-hidden': 'true' }, mark), ` ${word}`);
}

function cellButton(part, row, cell, index, { value, setStatus }) {
  const path = part.paths[index];
  const section = path.reduce((inner, key) => inner[key], value);
  return el('button', {
    type: 'button',
    class: 'cell',
    'data-key': `cell ${path.join('.')} ${row.id}`,
    'aria-label': `${part.columns[index]}, ${row.name ?? `${part.noun.toLowerCase()} ${row.id}`}: ${STATUSES[cell.status].word}. Change`,
    click: () => setStatus(path, row.id, next(cell.status, !Array.isArray(section))),
  }, status(cell.status));
}

function ids(part, context) {
  const { names, editing } = context;
  const allowed = new Set(part.allowed);
  const refused = new Set(part.refused);
  const spoken = [...part.allowed, ...part.refused ?? []].sort((a, b) => a - b);
  if (!spoken.length && !editing) return el('p', { class: 'none' }, `No ${part.noun} is ${part.said.allowed}.`);
  const statusOf = (id) => (allowed.has(id) ? 'allowed' : refused.has(id) ? 'refused' : 'unsaid');
  const highest = editing ? Math.max((spoken.at(-1) ?? 0) + 50, 200) : spoken.at(-1);
  const { canvas, told } = picture({
    label: `${part.title}: ${tally(part)}`,
    key: part.path.join('.'),
    highest: Math.min(highest, 65535),
    spoken,
    statusOf,
    tell: (id) => {
      const name = nameOf(names, part.list, id);
      return `${label(part.noun)} ${id}${name ? `, ${name}` : ''}: ${part.said[statusOf(id)]}`;
    },
    choose: editing && ((id) => editing.setStatus(part.path, id, next(statusOf(id), part.refused !== null))),
  });
  return [
    el('p', { class: 'tally' }, tally(part)),
    el('div', { class: 'frame' }, canvas),
    el('div', { class: 'row' }, told, legend(part)),
    editing ? rangeForm(part, editing.setValue, editing.value) : [
      rangeText(part.allowed),
      part.refused?.length > 0 && el('div', {}, el('p', { class: 'tally' }, label(part.said.refused)), rangeText(part.refused)),
      namesOf(part, names),
    ],
  ];
}

/** What the squares of a picture mean. */
function legend(part) {
  const one = (name) => part.said[name] && el('span', {}, el('i', { class: `square ${name}` }), ` ${part.said[name]}`);
  return el('p', { class: 'legend' }, one('allowed'), part.refused && one('refused'), one('unsaid'));
}

/** The allowed ones by name, where a list gave names. */
function namesOf(part, names) {
  if (!names.size(part.list) || !part.allowed.length) return null;
  return el('details', {},
    el('summary', {}, 'by name'),
    el('ul', { class: 'names' }, part.allowed.map((id) => el('li', {},
      el('span', { class: 'id' }, String(id)), ` ${nameOf(names, part.list, id) ?? 'not in the list'}`))));
}

function facts(part, { editing }) {
  return el('dl', { class: 'facts' }, part.rows.map(([name, value, edit]) => el('div', {},
    el('dt', {}, name),
    el('dd', {}, editing && edit ? choice(name, edit, editing) : value))));
}

function choice(name, { path, choices, chosen }, { value, setValue }) {
  const list = select(`edit-${path.join('-')}`, choices, chosen, (one) => setValue(withAt(value, path, one)));
  list.setAttribute('aria-label', name);
  return list;
}

function items(part) {
  return el('ul', {}, part.items.map((item) => el('li', {}, item)));
}

function group(part, context, level) {
  return part.parts.map((inner) => show(inner, context, level + 1));
}
