// This package beside IAB's own: do they read the same, and how fast? See ../npm/README.md.
//
//     node compare.js [SECONDS]

import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';

import { GppModel } from '@iabgpp/cmpapi';
import { TCString } from '@iabtcf/core';

import { decode, encode, permits } from '../npm/node.js';

const seconds = Number(process.argv[2] ?? 2);
const data = async (name) => (await readFile(new URL(`../../../tests/data/${name}`, import.meta.url), 'utf8'))
  .trim().split('\n').map((line) => JSON.parse(line));

/** The object of a TC string, made of what `@iabtcf/core` reads. */
function theirTcString(text) {
  const model = TCString.decode(text);
  const of = (vector) => [...vector.values()].sort((a, b) => a - b);
  // They don't tell an absent segment from an empty one: the text does.
  const types = text.split('.').slice(1).map((segment) => Buffer.from(segment, 'base64url')[0] >> 5);
  return {
    format: 'tcf',
    version: model.version,
    created: model.created.toISOString(),
    last_updated: model.lastUpdated.toISOString(),
    cmp_id: model.cmpId,
    cmp_version: model.cmpVersion,
    consent_screen: model.consentScreen,
    consent_language: model.consentLanguage,
    vendor_list_version: model.vendorListVersion,
    tcf_policy_version: model.policyVersion,
    is_service_specific: model.isServiceSpecific,
    use_non_standard_texts: model.useNonStandardStacks,
    special_feature_opt_ins: of(model.specialFeatureOptins),
    purposes_consent: of(model.purposeConsents),
    purposes_li: of(model.purposeLegitimateInterests),
    purpose_one_treatment: model.purposeOneTreatment,
    publisher_country_code: model.publisherCountryCode,
    vendors_consent: of(model.vendorConsents),
    vendors_li: of(model.vendorLegitimateInterests),
    publisher_restrictions: model.publisherRestrictions.getRestrictions().map((on) => ({
      purpose: on.purposeId,
      type: on.restrictionType,
      vendors: [...model.publisherRestrictions.getVendors(on)].sort((a, b) => a - b),
    })),
    disclosed_vendors: types.includes(1) ? of(model.vendorsDisclosed) : null,
    allowed_vendors: types.includes(2) ? of(model.vendorsAllowed) : null,
    publisher_tc: types.includes(3) ? {
      purposes_consent: of(model.publisherConsents),
      purposes_li: of(model.publisherLegitimateInterests),
      custom_purposes_count: model.numCustomPurposes,
      custom_purposes_consent: of(model.publisherCustomConsents),
      custom_purposes_li: of(model.publisherCustomLegitimateInterests),
    } : null,
  };
}

/** Strings such as live sites have: most of a thousand vendors, told about in a segment of their own. */
function usual(count) {
  // The same for each run: a generator of Lehmer's.
  let state = 42;
  const random = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const some = (highest, share) => Array.from({ length: highest }, (_, index) => index + 1).filter(() => random() < share);
  return Array.from({ length: count }, () => encode({
    format: 'tcf',
    version: 2,
    created: '2026-03-01T00:00:00.000Z',
    last_updated: '2026-03-01T00:00:00.000Z',
    cmp_id: 7,
    cmp_version: 1,
    consent_screen: 1,
    consent_language: 'EN',
    vendor_list_version: 140,
    tcf_policy_version: 5,
    is_service_specific: true,
    use_non_standard_texts: false,
    special_feature_opt_ins: some(2, 0.5),
    purposes_consent: some(11, 0.7),
    purposes_li: [2, 7, 8, 9, 10, 11],
    purpose_one_treatment: false,
    publisher_country_code: 'FR',
    vendors_consent: some(1100, 0.6),
    vendors_li: some(1100, 0.3),
    publisher_restrictions: [{ purpose: 2, type: 1, vendors: some(1100, 0.02) }],
    disclosed_vendors: some(1100, 0.8),
    allowed_vendors: null,
    publisher_tc: null,
  }));
}

/** How many strings a second of the processor's time, which other programs don't take away. */
function speed(read, texts) {
  for (const text of texts) read(text);
  let count = 0;
  let used = 0;
  const start = process.cpuUsage();
  while (used < seconds * 1e6) {
    for (const text of texts) read(text);
    count += texts.length;
    const { user, system } = process.cpuUsage(start);
    used = user + system;
  }
  return (count * 1e6) / used;
}

function compare(what, texts, ours, theirs, isExplained = () => false) {
  let [equal, different, refused] = [0, 0, 0];
  for (const text of texts) {
    let expected;
    try {
      expected = theirs(text);
    } catch (error) {
      refused += 1;
      console.log(`${what}: theirs refuses ${text.slice(0, 24)}...: ${error.message}`);
      continue;
    }
    const found = ours(text);
    if (isDeepStrictEqual(found, expected)) equal += 1;
    else if (isExplained(found, expected)) different += 1;
    else throw new Error(`${what}: a difference in ${text}`);
  }
  const readable = texts.filter((text) => {
    try {
      theirs(text);
      return true;
    } catch {
      return false;
    }
  });
  const [our, their] = [speed(ours, readable), speed(theirs, readable)];
  console.log(`${what}: ${equal} equal, ${different} different as explained, ${refused} refused by theirs; a second: ours ${Math.round(our)}, theirs ${Math.round(their)}, ratio ${(our / their).toFixed(1)}`);
}

/** Sections whose layout they don't know: see ../npm/README.md. */
const UNKNOWN_LAYOUTS = [7, 24, 25, 26, 27];
const inSections = (found, expected) => found.every((section, index) => (
  UNKNOWN_LAYOUTS.includes(section[0]) || isDeepStrictEqual(section, expected[index])));

/** The question that services have, of both: may this vendor, for this purpose? */
const OURS = (text) => permits({ tc: text, vendor: 'iab:2', purpose: 'iab:4', at: '2026-03-10T00:00:00Z' }).allowed;
const THEIRS = (text) => {
  const model = TCString.decode(text);
  return model.vendorsDisclosed.has(2) && model.purposeConsents.has(4) && model.vendorConsents.has(2);
};

/** The numbers that our words stand for. */
const NUMBERS = {
  not_applicable: 0, given: 1, not_given: 2, opted_out: 1, did_not_opt_out: 2, no_consent: 1, consent: 2,
  yes: 1, no: 2, opt_out_option: 1, service_provider: 2, undefined: 3,
};
const numbers = (value) => (Array.isArray(value) ? value.map(numbers) : typeof value === 'string' ? NUMBERS[value] : value);

/** The sections of the United States as numbers, by names in snake_case. */
function ourGpp(text) {
  return decode(text, { format: 'gpp' }).sections.filter(isUs).map(({ id, name, text: _, layout, section_header: __, ...fields }) => {
    if (fields.error) throw new Error(fields.error.error);
    return [id, sorted(Object.entries(fields).map(([key, value]) => [plain(key), numbers(value)]))];
  });
}

const snake = (name) => name.replace(/[A-Z]/g, (letter, at) => `${at ? '_' : ''}${letter.toLowerCase()}`);
/** Theirs has no word for a subsection that is absent: `false`, or nothing. */
const sorted = (fields) => fields.filter(([, value]) => value !== null && value !== false).sort(([one], [other]) => (one < other ? -1 : 1));

/** The two spell a field of children with and without an `s`. */
const plain = (name) => name.replace(/consents$/, 'consent');
const isUs = ({ name }) => /^us(nat|[a-z]{2})$/.test(name ?? '');

function theirGpp(text) {
  const model = new GppModel(text);
  const sections = model.toObject();
  return model.getSectionIds().map((id, index) => [id, Object.keys(sections)[index]]).filter(([, name]) => isUs({ name })).map(([id, name]) => {
    const fields = Object.entries(sections[name]).filter(([key]) => !/SubsectionType|SegmentType|GpcSegmentIncluded/.test(key));
    return [id, sorted(fields.map(([key, value]) => [plain(snake(key)), value]))];
  });
}

const gpp = (await data('gpp-published.jsonl')).map(({ string }) => string).filter((text) => {
  try {
    return ourGpp(text).length > 0;
  } catch {
    return false;
  }
});
const tcf = (text) => decode(text, { format: 'tcf' });
compare('published TC strings', (await data('tcf-published.jsonl')).map(({ text }) => text), tcf, theirTcString);
const made = usual(100);
console.log(`usual TC strings: ${Math.round(made.join('').length / made.length)} characters on average`);
compare('usual TC strings', made, tcf, theirTcString);
compare('a question to usual TC strings', made, OURS, THEIRS);
compare('published GPP strings, sections of the United States', gpp, ourGpp, theirGpp, inSections);
