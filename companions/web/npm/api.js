// What the package and the page call: the functions of the WASM module, with objects for JSON.

import * as wasm from './wasm/consent_string_web.js';

/** A string that can't be read, or a value that no string can have. */
export class ConsentStringError extends Error {
  name = 'ConsentStringError';

  constructor({ error, kind, format = null, segment = null, bit = null, character = null }) {
    super(error);
    this.kind = kind;
    this.format = format;
    this.segment = segment;
    this.bit = bit;
    this.character = character;
  }
}

/** The answer of the module: JSON, or an error that it throws as JSON. */
function answer(call) {
  let json;
  try {
    json = call();
  } catch (thrown) {
    if (typeof thrown !== 'string') throw thrown;
    throw new ConsentStringError(JSON.parse(thrown));
  }
  return JSON.parse(json);
}

const time = (at) => (at === undefined ? Date.now() : new Date(at).getTime());

export function decode(text, { format, inferredCodes } = {}) {
  return answer(() => wasm.decode(text, format, inferredCodes));
}

export function encode(value) {
  return answer(() => wasm.encode(JSON.stringify(value)));
}

export function explain(text, { format, all = false, inferredCodes } = {}) {
  return answer(() => wasm.explain(text, format, inferredCodes, all));
}

export function violations(text, { at } = {}) {
  return answer(() => wasm.violations(text, time(at)));
}

export function permits({ at, ...question }) {
  return answer(() => wasm.permits(JSON.stringify(question), time(at)));
}

export function strings(text) {
  return answer(() => wasm.strings(text));
}
