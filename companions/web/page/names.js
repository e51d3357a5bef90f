// Names for numbers, from lists that somebody gave the page.

import { TCF_PURPOSES, TCF_SPECIAL_FEATURES } from './words.js';

/** The lists, by what they name; the framework's purposes are known without one. */
export class Names {
  #lists = new Map([
    ['tcf-purpose', new Map(Object.entries(TCF_PURPOSES))],
    ['tcf-special-feature', new Map(Object.entries(TCF_SPECIAL_FEATURES))],
  ]);

  /** How many entries there are about something. */
  size(list) {
    return this.#lists.get(list)?.size ?? 0;
  }

  get(list, id) {
    return this.#lists.get(list)?.get(String(id));
  }

  entries(list) {
    return [...this.#lists.get(list) ?? []];
  }

  /** Adds names, and says of what they are. */
  #add(list, entries) {
    const names = this.#lists.get(list) ?? new Map();
    for (const [id, name] of entries) {
      if (typeof name === 'string') names.set(String(id), name);
    }
    this.#lists.set(list, names);
  }

  /** Reads a list; throws what it is not. Returns what it is, in words. */
  read(json) {
    let value;
    try {
      value = JSON.parse(json);
    } catch {
      throw new Error('this is no JSON');
    }
    const named = (entries) => Object.entries(entries ?? {}).map(([id, entry]) => [id, entry?.name]);
    if (value?.vendors && typeof value.vendors === 'object' && 'vendorListVersion' in value) {
      this.#add('tcf-vendor', named(value.vendors));
      this.#add('tcf-purpose', named(value.purposes));
      this.#add('tcf-special-feature', named(value.specialFeatures));
      return `IAB’s vendor list, version ${Number(value.vendorListVersion)}: ${Object.keys(value.vendors).length} vendors`;
    }
    if (value?.cmps && typeof value.cmps === 'object') {
      this.#add('cmp', named(value.cmps));
      return `the list of consent platforms: ${Object.keys(value.cmps).length} of them`;
    }
    const rows = Array.isArray(value) ? value : value?.data;
    for (const [list, key, what] of [
      ['didomi-vendor', 'metadata_partner_id', 'Didomi’s numbers of vendors'],
      ['didomi-purpose', 'metadata_purpose_id', 'Didomi’s numbers of purposes'],
    ]) {
      if (Array.isArray(rows) && rows.some((row) => row && key in row)) {
        this.#add(list, rows.map((row) => [row?.numeric_id, row?.[key]]));
        return `${what}: ${rows.length}`;
      }
    }
    throw new Error('this is none of the lists that are known');
  }
}

/** The name of an ID, or `undefined`. */
export const nameOf = (names, list, id) => names.get(list, id);
