// What a decoded string says, as parts to show: one shape for every format.
//
// A part is one of
//   { type: 'purposes', title, note, noun, columns: [name], rows: [{ id, name, cells: [cell] }] }
//   { type: 'ids', title, note, noun, list, allowed, refused, said: {allowed, refused}, path }
//   { type: 'facts', title, note, rows: [[label, value]] }
//   { type: 'items', title, note, items: [text] }
//   { type: 'group', title, note, parts }
// A `path` says where in the decoded object the statuses stand, for who wants to change them.

import { nameOf } from './names.js';
import { count, text as rangesText } from './ranges.js';
import {
  CANADA_RESTRICTIONS, FORMATS, RESTRICTIONS, TCF_PURPOSES, TCF_SPECIAL_FEATURES, age, country, date, label, language,
} from './words.js';

/** Of more purposes than that, those that the string speaks of are a picture, not a table. */
const ROWS = 60;

/** What a string is, who wrote it and when, and its parts. */
export function describe(value, context) {
  const maker = { didomi, tcf, gpp, us_privacy: usPrivacy, ac, token }[value.format];
  const format = FORMATS[value.format] ?? { name: value.format, what: '' };
  return { ...format, ...(maker ?? other)(value, context) };
}

function didomi(value, { names, now }) {
  const second = value.version === 2;
  const consent = second ? 'Opt-in' : 'Consent';
  const interest = second ? 'Opt-out' : 'Legitimate interest';
  return {
    version: value.version,
    short: `The visitor allowed ${both(value.purposes.enabled, 'purpose', value.vendors.enabled, 'vendor')}, and refused ${both(value.purposes.disabled, 'purpose', value.vendors.disabled, 'vendor')}.${opposable(value, second)}`,
    facts: [
      ['Visitor', value.user_id],
      ...times(value.created, value.updated, now),
      value.regulation !== null && ['Regulation', regulation(value.regulation)],
      value.sync && ['Synced', date(value.sync)],
      value.did && ['Device ID', value.did],
      value.ouid && ['Organization’s user ID', value.ouid],
      ['Signature', value.signature ? 'there is one; only who has Didomi’s key can check it' : 'none'],
    ].filter(Boolean),
    parts: [
      ...purposes({
        title: 'Purposes',
        note: names.size('didomi-purpose') ? null
          : 'The numbers are Didomi’s own. Give the page the list of numeric-purposes, below, to see names.',
        list: 'didomi-purpose',
        columns: [
          [consent, ['purposes'], value.purposes],
          [interest, ['purposes_li'], value.purposes_li],
        ],
        names,
      }),
      ids(`Vendors: ${consent.toLowerCase()}`, 'didomi-vendor', ['vendors'], value.vendors),
      ids(`Vendors: ${interest.toLowerCase()}`, 'didomi-vendor', ['vendors_li'], value.vendors_li),
    ],
  };
}

/** What stands unless the visitor objects. */
function opposable(value, second) {
  if (!value.purposes_li.enabled.length && !value.vendors_li.enabled.length) return '';
  const allowed = both(value.purposes_li.enabled, 'purpose', value.vendors_li.enabled, 'vendor');
  return second ? ` Not opted out of: ${allowed}.` : ` On legitimate interest: ${allowed}.`;
}

/** `5 purposes and no vendor`. */
const both = (some, noun, others, otherNoun) => `${number(some, noun)} and ${number(others, otherNoun)}`;
const number = (ids, noun) => (ids.length ? count(ids.length, noun) : `no ${noun}`);

/** Only 1 has been seen; the other numbers are not published. */
const regulation = (number) => (number === 1 ? 'GDPR (1)' : `number ${number}`);

function times(created, updated, now) {
  if (created === updated) return [['Made', `${date(created)} (${age(created, now)})`]];
  return [['Made', date(created)], ['Last changed', `${date(updated)} (${age(updated, now)})`]];
}

function tcf(value, { names, now }) {
  return {
    version: value.version,
    short: `The visitor consented to ${both(value.purposes_consent, 'purpose', value.vendors_consent, 'vendor')}.${value.purposes_li.length || value.vendors_li.length ? ` For ${both(value.purposes_li, 'purpose', value.vendors_li, 'vendor')} the visitor was told of a legitimate interest and didn’t object.` : ''}`,
    facts: [
      ['Written by', `${nameOf(names, 'cmp', value.cmp_id) ?? 'consent platform'} (CMP ${value.cmp_id}, version ${value.cmp_version})`],
      ...times(value.created, value.last_updated, now),
      ['Shown in', language(value.consent_language)],
      ['Publisher’s country', country(value.publisher_country_code)],
      ['Holds for', value.is_service_specific ? 'one site or group of sites' : 'every website (global scope)'],
      ['Vendor list', `version ${value.vendor_list_version}`],
      ['Policies', `version ${value.tcf_policy_version}${policies(value.tcf_policy_version)}`],
      value.use_non_standard_texts && ['Texts', 'not the standard ones'],
      value.purpose_one_treatment && ['Purpose 1', 'was not shown, by the law of the publisher’s country'],
    ].filter(Boolean),
    parts: tcfParts(value, names, []),
  };
}

const policies = (version) => ({ 2: ' (TCF 2.0 and 2.1)', 4: ' (TCF 2.2)', 5: ' (TCF 2.3)' })[version] ?? '';

function tcfParts(value, names, at) {
  const publisher = value.publisher_tc;
  return [
    ...purposes({
      title: 'Purposes',
      note: 'What data may be used for. “Legitimate interest” means: the visitor was told and didn’t object.',
      list: 'tcf-purpose',
      always: Object.keys(TCF_PURPOSES).map(Number),
      columns: [
        ['Consent', [...at, 'purposes_consent'], { allowed: value.purposes_consent }],
        ['Legitimate interest', [...at, 'purposes_li'], { allowed: value.purposes_li }],
      ],
      names,
    }),
    ...purposes({
      title: 'Special features',
      list: 'tcf-special-feature',
      always: Object.keys(TCF_SPECIAL_FEATURES).map(Number),
      columns: [['Opted in', [...at, 'special_feature_opt_ins'], { allowed: value.special_feature_opt_ins }]],
      names,
    }),
    ids('Vendors: consent', 'tcf-vendor', [...at, 'vendors_consent'], { allowed: value.vendors_consent }),
    ids('Vendors: legitimate interest', 'tcf-vendor', [...at, 'vendors_li'], { allowed: value.vendors_li }),
    value.disclosed_vendors && {
      ...ids('Vendors that the visitor was told about', 'tcf-vendor', [...at, 'disclosed_vendors'], { allowed: value.disclosed_vendors }),
      said: { allowed: 'told about', unsaid: 'not told about' },
    },
    value.allowed_vendors && ids('Vendors allowed outside the framework', 'tcf-vendor', [...at, 'allowed_vendors'], { allowed: value.allowed_vendors }),
    value.publisher_restrictions.length > 0 && restrictions(
      value.publisher_restrictions,
      ({ purpose }) => `${nameOf(names, 'tcf-purpose', purpose) ?? 'Purpose'} (${purpose})`,
      RESTRICTIONS,
    ),
    publisher && {
      type: 'group',
      title: 'What the site itself may do',
      parts: [
        ...purposes({
          title: 'The site’s own use of the purposes',
          list: 'tcf-purpose',
          columns: [
            ['Consent', [...at, 'publisher_tc', 'purposes_consent'], { allowed: publisher.purposes_consent }],
            ['Legitimate interest', [...at, 'publisher_tc', 'purposes_li'], { allowed: publisher.purposes_li }],
          ],
          names,
        }),
        ...(publisher.custom_purposes_count ? purposes({
          title: 'Purposes of the site’s own',
          list: 'custom-purpose',
          always: numbersTo(publisher.custom_purposes_count),
          columns: [
            ['Consent', [...at, 'publisher_tc', 'custom_purposes_consent'], { allowed: publisher.custom_purposes_consent }],
            ['Legitimate interest', [...at, 'publisher_tc', 'custom_purposes_li'], { allowed: publisher.custom_purposes_li }],
          ],
          names,
        }) : []),
      ],
    },
  ].filter(Boolean);
}

/** What the site allows vendors less than the visitor did. */
function restrictions(list, nameOfPurpose, words) {
  const vendorsOf = ({ vendors }) => `${vendors.length === 1 ? 'vendor' : 'vendors'} ${rangesText(vendors)}`;
  return {
    type: 'items',
    title: 'What the site restricts',
    items: list.map((one) => `${nameOfPurpose(one)}: ${words[one.type] ?? 'undefined'}, for ${vendorsOf(one)}`),
  };
}

const numbersTo = (highest) => Array.from({ length: highest }, (_, index) => index + 1);

/** Lists of a column: those that a Didomi string calls enabled and disabled, or one of a TC string. */
function lists(set) {
  return 'allowed' in set ? { allowed: set.allowed, refused: null }
    : { allowed: set.enabled, refused: set.disabled };
}

function purposes({ title, note, list, always = [], columns, names }) {
  const sets = columns.map(([, , set]) => lists(set));
  const said = sets.flatMap(({ allowed, refused }) => [...allowed, ...refused ?? []]);
  const highest = said.reduce((one, other) => Math.max(one, other), 0);
  // Those between that nothing is said of are shown as well: nobody was asked about them.
  const gaps = list === 'didomi-purpose' && highest <= ROWS ? numbersTo(highest) : [];
  const known = new Set([...always, ...gaps, ...said]);
  if (known.size > ROWS) {
    return columns.map(([name, path, set]) => ids(`${title}: ${name.toLowerCase()}`, list, path, set));
  }
  const members = sets.map(({ allowed, refused }) => ({ allowed: new Set(allowed), refused: refused && new Set(refused) }));
  return [{
    type: 'purposes',
    title,
    note,
    noun: label(list.replace(/^(tcf|didomi|canada)-/, '').replace('-', '_')),
    columns: columns.map(([name]) => name),
    list,
    paths: columns.map(([, path]) => path),
    rows: [...known].sort((a, b) => a - b).map((id) => ({
      id,
      name: nameOf(names, list, id),
      cells: members.map((set, index) => ({ status: statusOf(set, id), path: columns[index][1] })),
    })),
  }];
}

function statusOf({ allowed, refused }, id) {
  if (allowed.has(id)) return 'allowed';
  if (!refused) return 'no';
  return refused.has(id) ? 'refused' : 'unsaid';
}

function ids(title, list, path, set) {
  const { allowed, refused } = lists(set);
  return {
    type: 'ids',
    title,
    list,
    noun: list.endsWith('purpose') ? 'purpose' : list === 'google-provider' ? 'provider' : 'vendor',
    path,
    allowed,
    refused,
    said: refused ? { allowed: 'allowed', refused: 'refused', unsaid: 'not said' }
      : { allowed: 'allowed', unsaid: 'not allowed' },
  };
}

const ANSWERS = {
  yes: 'yes',
  no: 'no',
  not_applicable: 'doesn’t apply',
  given: 'was given',
  not_given: 'was not given',
  opted_out: 'opted out',
  did_not_opt_out: 'did not opt out',
  consent: 'consent',
  no_consent: 'no consent',
  undefined: 'undefined value',
  opt_out_option: 'opt-out option',
  service_provider: 'service provider',
};

const answer = (value) => {
  if (Array.isArray(value)) return value.map((one, index) => `${index + 1}: ${answer(one)}`).join(' · ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === null ? 'not in the string' : ANSWERS[value] ?? String(value);
};

/** The fields of a section under a law of the United States, as they stand. */
function fields(value, without, at) {
  return Object.entries(value).filter(([key]) => !without.includes(key)).map(([key, field]) => (
    [label(key), answer(field), choicesOf(key, field) && { path: [...at, key], choices: choicesOf(key, field), chosen: field }]));
}

/** The values that a field may have, as far as its name or its value tells them. */
function choicesOf(name, value) {
  if (typeof value !== 'string') return null;
  return CHOICES.find(({ names, values }) => names.test(name) && values.includes(value))?.values;
}

const CHOICES = [
  { names: /^(notice|opt_out_sale|lspa_covered)$/, values: ['yes', 'no', 'not_applicable'] },
  { names: /_notice$/, values: ['given', 'not_given', 'not_applicable'] },
  { names: /_opt_out$/, values: ['opted_out', 'did_not_opt_out', 'not_applicable'] },
  { names: /_consents?$/, values: ['consent', 'no_consent', 'not_applicable'] },
  { names: /^mspa_mode$/, values: ['opt_out_option', 'service_provider', 'not_applicable'] },
  { names: /^mspa_/, values: ['yes', 'no', 'not_applicable'] },
];

function usPrivacy(value) {
  return {
    version: value.version ?? 1,
    short: usPrivacyShort(value),
    facts: [],
    parts: [{ type: 'facts', title: 'What it says', rows: usPrivacyRows(value, []) }],
  };
}

function usPrivacyShort({ opt_out_sale: optedOut }) {
  if (optedOut === 'yes') return 'The visitor opted out of the sale of their data.';
  if (optedOut === 'no') return 'The visitor did not opt out of the sale of their data.';
  return 'California’s law of that time did not apply to the visitor.';
}

function usPrivacyRows(value, at) {
  const titles = {
    notice: 'The visitor was told, and could object',
    opt_out_sale: 'Opted out of the sale of data',
    lspa_covered: 'The site signed IAB’s agreement on limited service providers',
  };
  return Object.entries(titles).map(([key, title]) => [
    title, answer(value[key]), { path: [...at, key], choices: choicesOf(key, value[key]), chosen: value[key] }]);
}

const SECTIONS = {
  tcfeuv2: 'European Union (TCF)',
  tcfcav1: 'Canada (TCF)',
  uspv1: 'United States, the older string',
  usnat: 'United States, national',
};

function gpp(value, context) {
  return {
    version: value.version,
    short: `It holds ${number(value.sections, 'section')}.`,
    facts: [['Sections', value.sections.map(({ id, name }) => `${sectionTitle(name)} (${id})`).join(', ') || 'none']],
    parts: value.sections.map((section, index) => gppSection(section, ['sections', index], context)),
  };
}

function sectionTitle(name) {
  if (!name) return 'Unknown section';
  if (SECTIONS[name]) return SECTIONS[name];
  const state = /^us([a-z]{2})$/.exec(name);
  return state ? `${STATES[state[1]] ?? state[1].toUpperCase()} (United States)` : name;
}

const STATES = {
  ca: 'California', co: 'Colorado', ct: 'Connecticut', de: 'Delaware', fl: 'Florida', ia: 'Iowa', in: 'Indiana',
  ky: 'Kentucky', md: 'Maryland', mn: 'Minnesota', mt: 'Montana', ne: 'Nebraska', nh: 'New Hampshire',
  nj: 'New Jersey', or: 'Oregon', ri: 'Rhode Island', tn: 'Tennessee', tx: 'Texas', ut: 'Utah', va: 'Virginia',
};

function gppSection(section, at, { names, now, judge }) {
  const title = `${sectionTitle(section.name)}: section ${section.id}`;
  if (section.error) return { type: 'group', title, note: `This section can’t be read: ${section.error.error ?? section.error}`, parts: [] };
  if (!section.name) return { type: 'group', title, note: 'This page doesn’t know the section; the others stand.', parts: [] };
  if (section.tc) {
    const made = `Made ${date(section.tc.created)} (${age(section.tc.created, now)}).`;
    const inTc = [...at, 'tc'];
    if (section.name !== 'tcfeuv2') return { type: 'group', title, note: made, parts: canada(section.tc, names, inTc) };
    const { text, reasons } = judge(section.text);
    const note = [made, `${text}${reasons.length ? ':' : '.'}`, ...reasons].join(' ');
    return { type: 'group', title, note, parts: tcfParts(section.tc, names, inTc) };
  }
  const rows = section.name === 'uspv1' ? usPrivacyRows(section, at)
    : fields(section, ['id', 'name', 'text', 'version', 'layout', 'section_header'], at);
  return { type: 'group', title, parts: [{ type: 'facts', rows }] };
}

/** Canada’s section: as a TC string, with express and implied consent, and a vendor list of its own. */
function canada(tc, names, at) {
  const consent = (title, set, within, part, more = {}) => purposes({
    title,
    ...more,
    columns: [['Express consent', 'express'], ['Implied consent', 'implied']].map(([name, kind]) => (
      [name, [...at, ...within, `${part}_${kind}`], { allowed: set[`${part}_${kind}`] }])),
    names,
  });
  const vendors = (title, key) => ids(title, 'canada-vendor', [...at, key], { allowed: tc[key] });
  const publisher = tc.publisher_tc;
  return [
    ...consent('Purposes', tc, [], 'purposes', {
      note: 'What the purposes are is in IAB Canada’s vendor list, which this page doesn’t know.',
      list: 'canada-purpose',
    }),
    ...(tc.special_feature_opt_ins.length ? purposes({
      title: 'Special features',
      list: 'canada-special-feature',
      columns: [['Opted in', [...at, 'special_feature_opt_ins'], { allowed: tc.special_feature_opt_ins }]],
      names,
    }) : []),
    vendors('Vendors: express consent', 'vendors_express'),
    vendors('Vendors: implied consent', 'vendors_implied'),
    tc.disclosed_vendors && {
      ...vendors('Vendors that the visitor was told about', 'disclosed_vendors'),
      said: { allowed: 'told about', unsaid: 'not told about' },
    },
    tc.publisher_restrictions.length > 0 && restrictions(tc.publisher_restrictions, ({ purpose }) => `Purpose ${purpose}`, CANADA_RESTRICTIONS),
    publisher && {
      type: 'group',
      title: 'What the site itself may do',
      parts: [
        ...consent('The site’s own use of the purposes', publisher, ['publisher_tc'], 'purposes', { list: 'canada-purpose' }),
        ...(publisher.custom_purposes_count ? consent('Purposes of the site’s own', publisher, ['publisher_tc'], 'custom_purposes', {
          list: 'custom-purpose',
          always: numbersTo(publisher.custom_purposes_count),
        }) : []),
      ],
    },
  ].filter(Boolean);
}

function ac(value) {
  return {
    version: value.version,
    short: `The visitor consented to ${number(value.consented, 'provider')}.`,
    facts: [],
    parts: [
      ids('Providers consented to', 'google-provider', ['consented'], { allowed: value.consented }),
      value.disclosed && {
        ...ids('Providers that the visitor was told about', 'google-provider', ['disclosed'], { allowed: value.disclosed }),
        said: { allowed: 'told about', unsaid: 'not told about' },
      },
    ].filter(Boolean),
  };
}

const TOKEN = ['format', 'user_id', 'created', 'updated', 'version', 'purposes', 'purposes_li', 'vendors', 'vendors_li', 'ac'];

function token(value, { now, told }) {
  const choices = (title, set) => set && (set.enabled?.length || set.disabled?.length) ? [{
    type: 'facts',
    title,
    rows: [
      ...(set.enabled ?? []).map((id) => [id, 'allowed']),
      ...(set.disabled ?? []).map((id) => [id, 'refused']),
    ],
  }] : [];
  const others = Object.entries(value).filter(([name]) => !TOKEN.includes(name));
  return {
    version: value.version,
    facts: [
      ['Visitor', value.user_id],
      ...(value.created ? times(value.created, value.updated ?? value.created, now) : []),
    ].filter(([, fact]) => fact),
    parts: [
      ...choices('Purposes: consent', value.purposes),
      ...choices('Purposes: legitimate interest', value.purposes_li),
      ...choices('Vendors: consent', value.vendors),
      ...choices('Vendors: legitimate interest', value.vendors_li),
      value.ac && { type: 'items', title: 'Google’s ad technology providers', items: told('ac').split('; ').map((text) => `${text}.`) },
      others.length > 0 && {
        type: 'facts',
        title: 'What else is in it',
        note: 'Properties that this page doesn’t know.',
        rows: others.map(([name, property]) => [name, JSON.stringify(property)]),
      },
    ].filter(Boolean),
  };
}

/** A format that this page has no words for: its fields as they stand. */
function other(value) {
  const rows = Object.entries(value).map(([key, field]) => [label(key), typeof field === 'object' ? JSON.stringify(field) : String(field)]);
  return { facts: [], parts: [{ type: 'facts', rows }] };
}
