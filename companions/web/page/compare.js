// What differs between two strings, as parts to show.

import { text as rangesText } from './ranges.js';
import { label } from './words.js';

/** The differences of two decoded strings of one format: `{ fields: [], sections: [] }`. */
export function compare(from, to) {
  const found = { fields: [], sections: [] };
  walk(from, to, [], found);
  return found;
}

const isList = (value) => Array.isArray(value) && value.every((one) => typeof one === 'number');
const isSection = (value) => value !== null && typeof value === 'object' && isList(value.enabled) && isList(value.disabled);
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

function walk(from, to, path, found) {
  if (isSection(from) && isSection(to)) {
    found.sections.push(...sectionChanges(label(path.join(' ')), statuses(from), statuses(to)));
  } else if ((isList(from) || from === null) && (isList(to) || to === null) && (from || to)) {
    if (!from || !to) found.fields.push([label(path.join(' ')), from ? 'there' : 'not there', to ? 'there' : 'not there']);
    found.sections.push(...sectionChanges(label(path.join(' ')), listed(from ?? []), listed(to ?? [])));
  } else if (isObject(from) && isObject(to)) {
    for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
      walk(from[key] ?? null, to[key] ?? null, [...path, key], found);
    }
  } else if (JSON.stringify(from) !== JSON.stringify(to)) {
    found.fields.push([label(path.join(' ')), show(from), show(to)]);
  }
}

const show = (value) => (value === null ? 'none' : typeof value === 'object' ? JSON.stringify(value) : String(value));

const statuses = ({ enabled, disabled }) => new Map([
  ...enabled.map((id) => [id, 'allowed']),
  ...disabled.map((id) => [id, 'refused']),
]);
const listed = (ids) => new Map(ids.map((id) => [id, 'yes']));

function sectionChanges(section, from, to) {
  const none = [...from.values(), ...to.values()].includes('yes') ? 'no' : 'not said';
  const changes = new Map();
  for (const id of [...new Set([...from.keys(), ...to.keys()])].sort((a, b) => a - b)) {
    const [before, after] = [from.get(id) ?? none, to.get(id) ?? none];
    if (before === after) continue;
    const key = `${before}\n${after}`;
    if (!changes.has(key)) changes.set(key, []);
    changes.get(key).push(id);
  }
  return [...changes].map(([key, ids]) => {
    const [before, after] = key.split('\n');
    return { section, ids: rangesText(ids), number: ids.length, from: before, to: after };
  });
}
