// The package, as node loads it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import {
  ConsentStringError, decode, encode, explain, permits, strings, violations,
} from '../npm/node.js';

const data = async (name) => (await readFile(new URL(`../../../tests/data/${name}`, import.meta.url), 'utf8'))
  .trim().split('\n').map((line) => JSON.parse(line));
const DIDOMI = 'BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA';
const TOKEN = 'eyJ1c2VyX2lkIjoiN2ZhZjY3NWQtOTljMC00YWQyLWJiYmYtZjBmYTk2MjU4N2IwIiwiY3JlYXRlZCI6IjIwMjQtMDgtMjdUMDc6MTU6MDUuNjEwWiIsInVwZGF0ZWQiOiIyMDI0LTA4LTI3VDA3OjE1OjA1LjYxMFoiLCJ2ZXJzaW9uIjoyLCJ4IjoiIn0';
const TC = 'COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA';

test('published and random Didomi strings, there and back', async () => {
  for (const { string, decoded } of [...await data('didomi-published.jsonl'), ...await data('didomi-canonical.jsonl')]) {
    // Characters that no cookie has as they are take an option of the library's.
    if (/[%",;\\]/.test(string)) continue;
    const value = decode(string);
    assert.deepEqual(value, { format: 'didomi', ...decoded });
    assert.equal(encode(value), string);
  }
});

test('published TC strings, there and back', async () => {
  for (const { text, expected } of await data('tcf-published.jsonl')) {
    const value = decode(text, { format: 'tcf' });
    assert.deepEqual(value, { format: 'tcf', ...expected });
    assert.deepEqual(decode(encode(value)), value);
  }
});

test('a bad string is an error with a kind and a place', async () => {
  for (const { string, kind, segment, bit, policy } of await data('didomi-refused.jsonl')) {
    if (/[%",;\\]/.test(string)) continue;
    assert.throws(() => decode(string, { format: 'didomi', inferredCodes: policy }), (error) => {
      assert.ok(error instanceof ConsentStringError);
      assert.equal(error.name, 'ConsentStringError');
      assert.deepEqual([error.kind, error.segment, error.bit], [kind, segment ?? null, bit ?? null]);
      return true;
    });
  }
});

test('an option reads inferred codes', async () => {
  const row = (await data('didomi-accepted.jsonl')).find(({ policies }) => !policies.includes('refuse') && policies.includes('accept'));
  assert.throws(() => decode(row.string));
  assert.equal(decode(row.string, { inferredCodes: 'accept' }).format, 'didomi');
  assert.throws(() => decode(DIDOMI, { inferredCodes: 'all' }), { kind: 'invalid_option' });
  assert.throws(() => decode(DIDOMI, { format: 'dcs' }), { kind: 'unknown_format' });
});

test('an object that no string can say is an error', () => {
  assert.throws(() => encode({ format: 'didomi' }), { kind: 'invalid_value' });
  assert.throws(() => encode({ format: 'what' }), { kind: 'unknown_format' });
  assert.throws(() => encode({ ...decode(TC), vendors: [] }), { kind: 'invalid_value' });
});

test('spans tile each segment of a string of each format', () => {
  for (const [text, format, bits] of [
    [DIDOMI, 'didomi', DIDOMI.length * 6],
    [TC, 'tcf', TC.length * 6],
    ['1YNN', 'us_privacy', 32],
    ['2~1.35~dv.9', 'ac', 88],
    [TOKEN, 'token', TOKEN.length * 6],
    ['DBABBg~BVVVVVVVVWA.AA', 'gpp', null],
  ]) {
    const explanation = explain(text);
    assert.equal(explanation.error, null);
    assert.equal(explanation.format, format);
    const ends = new Map();
    for (const { segment, bit, bits: width, raw } of explanation.spans) {
      assert.equal(bit, ends.get(segment) ?? 0);
      assert.equal(raw.length, width);
      ends.set(segment, bit + width);
    }
    if (bits) assert.deepEqual([...ends.values()], [bits]);
    else assert.ok(ends.size > 1);
  }
});

test('a bad string is explained up to its fault, with the error of decoding', () => {
  const cut = DIDOMI.slice(0, 40);
  const { spans, error } = explain(cut);
  assert.throws(() => decode(cut), ({ kind, segment, bit }) => {
    assert.deepEqual([error.kind, error.segment, error.bit], [kind, segment, bit]);
    return true;
  });
  assert.deepEqual(spans.filter((span) => span.error).map((span) => span.bit), [error.bit]);
});

test('a long list is one span, unless all is asked for', () => {
  const text = encode({ ...decode(TC), vendors_consent: Array.from({ length: 200 }, (_, index) => 2 * index + 1) });
  assert.ok(explain(text, { all: true }).spans.length > explain(text).spans.length + 100);
});

test('permits', () => {
  const question = { tc: TC, vendor: 'iab:2', purpose: 'iab:6', at: '2020-06-01T00:00:00Z' };
  assert.deepEqual(permits(question), { allowed: true, basis: 'consent', decided_by: 'tcf' });
  assert.deepEqual(permits({ ...question, purpose: 'iab:2' }), { allowed: false, reason: 'no_purpose_signal', decided_by: 'tcf' });
  assert.deepEqual(permits({ ...question, vendor: 'iab:9', purpose: 'iab:2', basis: 'li' }), { allowed: true, basis: 'li', decided_by: 'tcf' });
  assert.deepEqual(permits({ dcs: DIDOMI, vendor: 'didomi:130', purpose: 'didomi:2' }), { allowed: true, basis: 'consent', decided_by: 'didomi' });
  assert.equal(permits({ dcs: DIDOMI, vendor: 'didomi:130', purpose: 'didomi:3' }).allowed, false);
  assert.equal(permits({ vendor: 'iab:2', purpose: 'iab:6' }).allowed, false);
  assert.throws(() => permits({ ...question, vendor: '2' }), ConsentStringError);
  assert.throws(() => permits({ ...question, at: 'never' }), { kind: 'invalid_option' });
});

test('violations, with their effect at a time', () => {
  const at = (time) => violations(TC, { at: time }).map(({ name, effect }) => [name, effect]);
  assert.deepEqual(at('2020-06-01T00:00:00Z'), [['legitimate_interest', 'void']]);
  assert.deepEqual(at('2026-06-01T00:00:00Z'), [['too_old', 'ask_anew'], ['legitimate_interest', 'void']]);
});

test('strings of a cookie header', () => {
  const found = strings(`a=b; didomi_dcs="${DIDOMI}%7Ec2ln"; euconsent-v2=${TC}; usprivacy=%`);
  assert.deepEqual(found.map(({ name, text }) => [name, text]), [
    ['didomi_dcs', `${DIDOMI}~c2ln`], ['euconsent-v2', TC], ['usprivacy', null],
  ]);
  assert.equal(found[2].error.kind, 'invalid_escape');
  assert.deepEqual(strings(TC), [{ name: null, format: null, text: TC, error: null }]);
});

test('the types are those of the functions', async () => {
  const here = (name) => fileURLToPath(new URL(name, import.meta.url));
  await promisify(execFile)(here('../node_modules/.bin/tsc'), ['--noEmit', '--strict', '--module', 'nodenext', '--types', '', here('types.ts')]);
});
