// TC strings, both ways between this crate and @iabtcf/core. See README.md.

import { execFileSync } from 'node:child_process';
import { GVL, PurposeRestriction, TCModel, TCString } from '@iabtcf/core';

const [command, size = '3000', start = '1'] = process.argv.slice(2);
if (!command) {
  console.error('usage: node tcf.mjs PATH_OF_CONSENT_STRING [COUNT [SEED]]');
  process.exit(2);
}
const count = Number(size);
const seed = Number(start);
// What the command makes of each line.
const run = (args, lines) =>
  execFileSync(command, [...args, '--kind', 'tcf'], {
    input: lines.join('\n') + '\n',
    maxBuffer: 1 << 30,
    stdio: ['pipe', 'pipe', 'inherit'],
  }).toString().trimEnd().split('\n');
const compose = (objects) => run(['compose'], objects.map((one) => JSON.stringify(one)));
const inspect = (texts) =>
  run(['inspect', '--json'], texts).map((line) => {
    const { format, ...object } = JSON.parse(line);
    return object;
  });

// --- random objects, the same for the same seed (mulberry32) ---

let state = seed;
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];
const chance = (p) => random() < p;
const ascending = (ids) => [...new Set(ids)].sort((a, b) => a - b);
const letters = () => String.fromCharCode(65 + below(26), 65 + below(26));
const some = (highest, p) => Array.from({ length: highest }, (_, i) => i + 1).filter(() => chance(p));

// Sparse, dense, in runs, and now and then up to the last vendor there can be.
const vendors = () => {
  const highest = pick([1, 5, 40, 45, 46, 60, 300, 1200, 1200, chance(0.1) ? 65535 : 1200]);
  const ids = [];
  if (chance(0.4)) {
    const p = pick([0.001, 0.02, 0.3, 0.9, 0.999]);
    for (let id = 1; id <= highest; id++) if (chance(p)) ids.push(id);
  } else {
    for (let runs = below(12); runs > 0; runs--) {
      const first = 1 + below(highest);
      const last = Math.min(highest, first + (chance(0.5) ? 0 : below(30)));
      for (let id = first; id <= last; id++) ids.push(id);
    }
  }
  return ascending(ids);
};

const restrictions = () => {
  const list = [];
  const keys = new Set();
  for (let i = chance(0.5) ? below(6) : 0; i > 0; i--) {
    const [purpose, type, on] = [1 + below(24), below(3), vendors()];
    const key = `${purpose} ${type}`;
    // A list of more than 4095 ranges can't be written.
    if (on.length === 0 || on.length > 4000 || keys.has(key)) continue;
    keys.add(key);
    list.push({ purpose, type, vendors: on });
  }
  return list;
};

const publisherTc = () => {
  const customs = chance(0.3) ? 0 : below(64);
  return {
    purposes_consent: some(24, 0.4),
    purposes_li: some(24, 0.4),
    custom_purposes_count: customs,
    custom_purposes_consent: some(customs, 0.5),
    custom_purposes_li: some(customs, 0.5),
  };
};

const object = () => {
  const time = () => new Date((chance(0.5) ? below(20000) * 864000 : below(2 ** 34)) * 100);
  const created = time();
  return {
    version: 2,
    created: created.toISOString(),
    last_updated: (chance(0.5) ? created : time()).toISOString(),
    cmp_id: 2 + below(4094),
    cmp_version: below(4096),
    consent_screen: below(64),
    consent_language: letters(),
    vendor_list_version: below(4096),
    tcf_policy_version: below(64),
    is_service_specific: chance(0.5),
    use_non_standard_texts: chance(0.5),
    special_feature_opt_ins: some(12, 0.3),
    purposes_consent: some(24, 0.5),
    purposes_li: some(24, 0.5),
    purpose_one_treatment: chance(0.3),
    publisher_country_code: letters(),
    vendors_consent: vendors(),
    vendors_li: vendors(),
    publisher_restrictions: restrictions(),
    disclosed_vendors: chance(0.6) ? vendors() : null,
    allowed_vendors: chance(0.2) ? vendors() : null,
    publisher_tc: chance(0.5) ? publisherTc() : null,
  };
};

// --- @iabtcf/core, by objects ---

const theirsReads = (text) => {
  const model = TCString.decode(text);
  // The library doesn't tell an absent segment from an empty one: look at the text.
  const types = text.split('.').slice(1).map((segment) => Buffer.from(segment, 'base64url')[0] >> 5);
  const of = (vector) => ascending(vector.values());
  return {
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
      vendors: ascending(model.publisherRestrictions.getVendors(on)),
    })),
    disclosed_vendors: types.includes(1) ? of(model.vendorsDisclosed) : null,
    allowed_vendors: types.includes(2) ? of(model.vendorsAllowed) : null,
    publisher_tc: types.includes(3)
      ? {
          purposes_consent: of(model.publisherConsents),
          purposes_li: of(model.publisherLegitimateInterests),
          custom_purposes_count: model.numCustomPurposes,
          custom_purposes_consent: of(model.publisherCustomConsents),
          custom_purposes_li: of(model.publisherCustomLegitimateInterests),
        }
      : null,
  };
};

// The library writes only what a Global Vendor List allows, so each object gets a list in
// which all of its vendors declare all purposes on every basis.
const theirsWrites = (from) => {
  const all = some(24, 1);
  const named = [from.vendors_consent, from.vendors_li, from.disclosed_vendors ?? []];
  named.push(...from.publisher_restrictions.map((on) => on.vendors), [1]);
  const entry = (id) => ({
    id, name: `${id}`, purposes: all, legIntPurposes: all, flexiblePurposes: all,
    specialPurposes: [], features: [], specialFeatures: [],
  });
  const things = (ids) => Object.fromEntries(ids.map((id) => [id, { id, name: `${id}` }]));
  const list = new GVL({
    gvlSpecificationVersion: 3,
    vendorListVersion: from.vendor_list_version,
    tcfPolicyVersion: from.tcf_policy_version,
    lastUpdated: from.created,
    purposes: things(all), specialPurposes: {}, features: {}, specialFeatures: things(some(12, 1)),
    stacks: {}, dataCategories: {},
    vendors: Object.fromEntries(ascending(named.flat()).map((id) => [id, entry(id)])),
  });
  const model = new TCModel(list);
  model.created = new Date(from.created);
  model.lastUpdated = new Date(from.last_updated);
  model.cmpId = from.cmp_id;
  model.cmpVersion = from.cmp_version;
  model.consentScreen = from.consent_screen;
  model.isServiceSpecific = from.is_service_specific;
  model.useNonStandardStacks = from.use_non_standard_texts;
  model.purposeOneTreatment = from.purpose_one_treatment;
  model.publisherCountryCode = from.publisher_country_code;
  model.specialFeatureOptins.set(from.special_feature_opt_ins);
  model.purposeConsents.set(from.purposes_consent);
  model.purposeLegitimateInterests.set(from.purposes_li);
  model.vendorConsents.set(from.vendors_consent);
  model.vendorLegitimateInterests.set(from.vendors_li);
  for (const on of from.publisher_restrictions) {
    const restriction = new PurposeRestriction(on.purpose, on.type);
    for (const vendor of on.vendors) model.publisherRestrictions.add(vendor, restriction);
  }
  model.vendorsAllowed.set(from.allowed_vendors ?? []);
  const publisher = from.publisher_tc;
  if (publisher) {
    model.publisherConsents.set(publisher.purposes_consent);
    model.publisherLegitimateInterests.set(publisher.purposes_li);
    model.numCustomPurposes = publisher.custom_purposes_count;
    model.publisherCustomConsents.set(publisher.custom_purposes_consent);
    model.publisherCustomLegitimateInterests.set(publisher.custom_purposes_li);
  }
  const behind = [];
  if (from.disclosed_vendors) behind.push('vendorsDisclosed');
  if (from.allowed_vendors) behind.push('vendorsAllowed');
  if (publisher) behind.push('publisherTC');
  if (chance(0.3)) behind.reverse();
  return TCString.encode(model, { segments: ['core', ...behind] });
};

// --- both ways ---

let differences = 0;
const compare = (direction, text, ours, theirs) => {
  const [a, b] = [ours, theirs].map((value) => JSON.stringify(value));
  if (a === b) return;
  differences += 1;
  const keys = Object.keys(theirs).filter((k) => JSON.stringify(theirs[k]) !== JSON.stringify(ours[k]));
  if (differences <= 10) console.error(`${direction}: ${text}\n  differs in ${keys}`);
};

const objects = Array.from({ length: count }, object);

const composed = compose(objects);
objects.forEach((one, i) => compare('we write, they read', composed[i], one, theirsReads(composed[i])));

const written = objects.map(theirsWrites);
const inspected = inspect(written);
written.forEach((text, i) => compare('they write, we read', text, inspected[i], theirsReads(text)));

// Composed from what was read, a string is never longer than the one that was read.
const again = compose(inspected);
const lengths = { same: 0, shorter: 0, longer: 0, identical: 0 };
again.forEach((text, i) => {
  const by = text.length - written[i].length;
  lengths[by === 0 ? 'same' : by < 0 ? 'shorter' : 'longer'] += 1;
  if (text === written[i]) lengths.identical += 1;
});

console.log(`${count} objects, seed ${seed}: ${differences} differences`);
console.log(`ours against theirs: ${lengths.identical} identical texts, ${lengths.same} as long, ` +
  `${lengths.shorter} shorter, ${lengths.longer} longer`);
process.exit(differences === 0 && lengths.longer === 0 ? 0 : 1);
