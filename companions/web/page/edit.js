// Changing a decoded string, and the form to do it with. What comes out is a new object each time;
// whether a string can have it is the library's to say.

import { el } from './dom.js';
import * as ranges from './ranges.js';
import { label } from './words.js';

/** What a click makes of a status: in a string that knows refusals, and in one that doesn't. */
const NEXT = { allowed: 'refused', refused: 'unsaid', unsaid: 'allowed', no: 'allowed' };

export const next = (status, knowsRefusals) => (
  knowsRefusals ? NEXT[status] : status === 'allowed' ? 'no' : 'allowed'
);

/** What stands at a path of an object. */
export const at = (value, path) => path.reduce((inner, key) => inner?.[key], value);

/** The object with something else at a path, and without the signature of what it was. */
export function withAt(value, path, inner) {
  const changed = structuredClone(value);
  const parent = at(changed, path.slice(0, -1));
  parent[path.at(-1)] = inner;
  if (path.at(-1) !== 'signature' && changed.signature) changed.signature = null;
  // The text of a section is that of what it said.
  if (changed.format === 'gpp' && path[0] === 'sections') delete changed.sections[path[1]].text;
  // Who was consented to was told about.
  if (changed.format === 'ac') {
    const told = path[0] === 'disclosed' ? inner : changed.version === 1 ? [] : changed.disclosed;
    changed.disclosed = [...new Set([...told, ...changed.consented])].sort((a, b) => a - b);
  }
  return changed;
}

/** The object with another status of one ID. */
export function withStatus(value, path, id, status) {
  const section = at(value, path);
  const without = (ids) => ids.filter((other) => other !== id);
  const withId = (ids) => [...without(ids), id].sort((a, b) => a - b);
  const changed = Array.isArray(section)
    ? (status === 'allowed' ? withId(section) : without(section))
    : {
      enabled: status === 'allowed' ? withId(section.enabled) : without(section.enabled),
      disabled: status === 'refused' ? withId(section.disabled) : without(section.disabled),
    };
  return withAt(value, path, changed);
}

/** The object with these IDs allowed, or refused, in place of those that were. */
export function withIds(value, path, which, ids) {
  const section = at(value, path);
  if (Array.isArray(section)) return withAt(value, path, ids);
  const other = which === 'enabled' ? 'disabled' : 'enabled';
  const set = new Set(ids);
  return withAt(value, path, { [which]: ids, [other]: section[other].filter((id) => !set.has(id)) });
}

const NUMBERS = /^(regulation|version|cmp_id|cmp_version|consent_screen|vendor_list_version|tcf_policy_version)$/;

/** A form of the fields that are no sets. `change(value)` is told of each change. */
export function form(value, change) {
  const fields = Object.entries(value).filter(([key, field]) => (
    !['format', 'version', 'notice', 'opt_out_sale', 'lspa_covered'].includes(key) && (field === null || typeof field !== 'object')
      && !/vendors|publisher_tc/.test(key)
  ));
  const control = ([key, field]) => {
    const id = `edit-${key}`;
    if (typeof field === 'boolean') {
      return el('p', { class: 'check' },
        el('input', { type: 'checkbox', id, checked: field, 'data-key': id, change: (event) => change(withAt(value, [key], event.target.checked)) }),
        ' ', el('label', { for: id }, label(key)));
    }
    return el('p', {}, el('label', { for: id }, label(key)), ' ', el('input', {
      id,
      value: field === null ? '' : String(field),
      placeholder: field === null ? 'none' : null,
      'data-key': id,
      spellcheck: 'false',
      autocomplete: 'off',
      change: (event) => {
        const text = event.target.value.trim();
        const number = NUMBERS.test(key) && /^\d+$/.test(text);
        change(withAt(value, [key], text === '' ? null : number ? Number(text) : text));
      },
    }));
  };
  if (!fields.length) return null;
  return el('div', { class: 'fields editor' },
    fields.map(control),
    'disclosed_vendors' in value && el('p', { class: 'check' },
      el('input', {
        type: 'checkbox', id: 'edit-disclosed', checked: value.disclosed_vendors !== null, 'data-key': 'edit-disclosed',
        change: (event) => change(withAt(value, ['disclosed_vendors'], event.target.checked ? [] : null)),
      }), ' ', el('label', { for: 'edit-disclosed' }, 'Says which vendors the visitor was told about')));
}

/** A list to choose one from. */
export function select(id, choices, chosen, change) {
  return el('select', { id, 'data-key': id, change: (event) => change(event.target.value) },
    choices.map((choice) => el('option', { value: choice, selected: choice === chosen }, label(choice))));
}

/** Two lines (or one) to write IDs in as ranges. */
export function rangeForm(part, change, value) {
  const section = at(value, part.path);
  const lines = Array.isArray(section) ? [[null, part.said.allowed, section]]
    : [['enabled', part.said.allowed, section.enabled], ['disabled', part.said.refused, section.disabled]];
  return el('div', { class: 'fields' }, lines.map(([which, said, ids]) => {
    const id = `ranges-${part.path.join('-')}-${which ?? 'ids'}`;
    const problem = el('span', { class: 'wrong', role: 'alert' });
    return el('p', { class: 'wide' }, el('label', { for: id }, label(said)), ' ', el('input', {
      id,
      value: ranges.text(ids, '-'),
      placeholder: '1-10, 12',
      'data-key': id,
      spellcheck: 'false',
      autocomplete: 'off',
      change: (event) => {
        try {
          change(withIds(value, part.path, which, ranges.parse(event.target.value)));
        } catch (error) {
          problem.textContent = error.message;
        }
      },
    }), problem);
  }));
}

/** The objects of strings that allow nothing, to start with. */
export function blank(format, now) {
  const day = new Date(Math.floor(now / 86_400_000) * 86_400_000).toISOString();
  const tenth = new Date(Math.floor(now / 100) * 100).toISOString();
  const empty = () => ({ enabled: [], disabled: [] });
  const didomi = (version) => ({
    format: 'didomi',
    version,
    user_id: crypto.randomUUID(),
    created: tenth,
    updated: tenth,
    regulation: version === 2 ? 1 : null,
    sync: null,
    purposes: empty(),
    purposes_li: empty(),
    vendors: empty(),
    vendors_li: empty(),
    did: null,
    ouid: null,
    signature: null,
  });
  return {
    'didomi-1': () => didomi(1),
    'didomi-2': () => didomi(2),
    tcf: () => ({
      format: 'tcf',
      version: 2,
      created: day,
      last_updated: day,
      cmp_id: 2,
      cmp_version: 1,
      consent_screen: 1,
      consent_language: 'EN',
      vendor_list_version: 1,
      tcf_policy_version: 5,
      is_service_specific: true,
      use_non_standard_texts: false,
      special_feature_opt_ins: [],
      purposes_consent: [],
      purposes_li: [],
      purpose_one_treatment: false,
      publisher_country_code: 'AA',
      vendors_consent: [],
      vendors_li: [],
      publisher_restrictions: [],
      disclosed_vendors: [],
      allowed_vendors: null,
      publisher_tc: null,
    }),
    us_privacy: () => ({ format: 'us_privacy', notice: 'yes', opt_out_sale: 'no', lspa_covered: 'no' }),
  }[format]();
}
