// Sets of IDs: rising lists of numbers, and ranges of them.

/** The highest ID that a string has a place for. */
export const HIGHEST = 65535;

/** The ranges of a rising list, each as `[first, last]`. */
export function ranges(ids) {
  const found = [];
  for (const id of ids) {
    const last = found.at(-1);
    if (last && last[1] + 1 === id) last[1] = id;
    else found.push([id, id]);
  }
  return found;
}

/** A rising list as people write it: `1–10, 12`. */
export function text(ids, dash = '–') {
  return ranges(ids).map(([first, last]) => (first === last ? `${first}` : `${first}${dash}${last}`)).join(', ');
}

/** The rising list of what somebody wrote: `1-10, 12`. Throws what is wrong with it. */
export function parse(written, highest = HIGHEST) {
  const ids = new Set();
  for (const part of written.split(/[\s,;]+/).filter(Boolean)) {
    const match = /^(\d{1,5})(?:[-–](\d{1,5}))?$/.exec(part);
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? match?.[1]);
    if (!match || first < 1 || last > highest || last < first) {
      throw new Error(`“${part}”: expected numbers from 1 to ${highest}, such as 1-10, 12`);
    }
    for (let id = first; id <= last; id += 1) ids.add(id);
  }
  return [...ids].sort((a, b) => a - b);
}

/** `1 vendor`, `2,000 vendors`. */
export function count(number, noun) {
  return `${number.toLocaleString('en-GB')} ${noun}${number === 1 ? '' : 's'}`;
}
