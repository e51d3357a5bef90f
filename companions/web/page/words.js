// What people call what strings say with numbers and names in snake_case.

export const TCF_PURPOSES = {
  1: 'Store and/or access information on a device',
  2: 'Use limited data to select advertising',
  3: 'Create profiles for personalised advertising',
  4: 'Use profiles to select personalised advertising',
  5: 'Create profiles to personalise content',
  6: 'Use profiles to select personalised content',
  7: 'Measure advertising performance',
  8: 'Measure content performance',
  9: 'Understand audiences through statistics or combinations of data from different sources',
  10: 'Develop and improve services',
  11: 'Use limited data to select content',
};

export const TCF_SPECIAL_FEATURES = {
  1: 'Use precise geolocation data',
  2: 'Actively scan device characteristics for identification',
};

export const FORMATS = {
  didomi: {
    name: 'Didomi Consent String',
    what: 'The record of one visitor’s choices, as Didomi’s platform keeps it.',
  },
  tcf: {
    name: 'IAB TC string',
    what: 'The record of one visitor’s choices under IAB Europe’s Transparency & Consent Framework.',
  },
  gpp: {
    name: 'IAB GPP string',
    what: 'A container of the Global Privacy Platform, with one section for each law that the site asked under.',
  },
  us_privacy: {
    name: 'US Privacy string',
    what: 'Four characters about the sale of data under California’s first law. IAB has replaced it with GPP.',
  },
  ac: {
    name: 'Google Additional Consent string',
    what: 'Which of Google’s ad technology providers, beyond IAB’s list, were consented to. It counts only beside a TC string.',
  },
  token: {
    name: 'Didomi token',
    what: 'The older record of one visitor’s choices (cookie didomi_token), which the Didomi Consent String replaces.',
  },
};

/** Words of a status, and the mark that tells it apart without colour. */
export const STATUSES = {
  allowed: { mark: '✓', word: 'Allowed' },
  refused: { mark: '✕', word: 'Refused' },
  unsaid: { mark: '·', word: 'Not said' },
  no: { mark: '–', word: 'No' },
};

/** What a fault of a string is in everyday words, by its kind. The message says the rest. */
export const FAULTS = {
  empty: 'There is nothing to read.',
  truncated: 'The string is cut off: its end is missing. Was it copied in full?',
  invalid_character: 'There is a character that no such string can have. Was something else copied along?',
  invalid_length: 'The number of characters is wrong: some are missing, or too many.',
  padding: 'There is “=” at the end, which doesn’t belong there.',
  too_long: 'This is longer than any consent string.',
  ambiguous: 'This can be read as a string of two formats. Which of them is it?',
  unsupported_version: 'This starts like no version of a consent string that is known.',
  non_zero_fill: 'Something stands behind the end. Was the string changed, or two strings joined?',
  excess_fill: 'There is more behind the end than there should be.',
  not_built_in: 'This format is not in this page.',
};

/** What breaks a rule of the framework, in everyday words, by the rule's name. */
export const VIOLATIONS = {
  policy_version: 'It was made under older policies, which are no longer in force.',
  not_service_specific: 'It claims to hold for all websites, which the framework gave up: a string holds for one site or group.',
  disclosed_vendors_missing: 'It doesn’t say which vendors the visitor was told about, which every string since 1 March 2026 must.',
  legitimate_interest: 'It claims legitimate interest for purposes that always need consent. Those claims don’t count.',
  times_differ: 'The times of creation and of the last change differ, where the framework wants them to be equal.',
  time_of_day: 'It tells the time of day, where the framework wants the day only.',
  in_future: 'It was made or changed in the future: one of two clocks is wrong.',
  too_old: 'The choices are older than 13 months: the visitor is to be asked anew.',
  unknown_policy_version: 'It names a version of the policies that this page doesn’t know.',
  no_platform: 'It doesn’t say which consent platform wrote it.',
  no_vendor_list: 'It doesn’t say which version of the vendor list it goes by.',
};

/** Why a vendor may not, by the refusal's name. */
export const REFUSALS = {
  not_disclosed: 'the visitor wasn’t told about this vendor',
  no_disclosed_vendors: 'the string doesn’t say which vendors the visitor was told about',
  not_allowed: 'the site doesn’t let this vendor do it',
  not_flexible: 'the site requires another basis than the one that the vendor declared',
  conflicting_restrictions: 'the site requires two different bases at once',
  undefined_restriction: 'the site restricts the vendor in a way that isn’t defined',
  flexible_purpose_one: 'nobody can leave it to the site on which basis purpose 1 stands: it takes consent',
  purpose_one_treatment: 'this purpose wasn’t shown to the visitor; the law of the site’s country decides',
  no_legitimate_interest: 'legitimate interest is no basis for this purpose',
  no_purpose_signal: 'the visitor didn’t agree to the purpose on this basis',
  no_vendor_signal: 'the visitor didn’t agree to the vendor on this basis',
  invalid: 'the string isn’t valid today',
};

export const RESTRICTIONS = ['not allowed', 'only with consent', 'only with legitimate interest', 'undefined'];

export const CANADA_RESTRICTIONS = ['not allowed', 'only with express consent', 'only with implied consent', 'undefined, to be taken for not allowed'];

/** Where the rule that a field was read by comes from. */
export const MARKS = {
  documented: 'published by Didomi',
  seen: 'not published, but fixed by real strings',
  inferred: 'neither published nor seen: the reading that fits all that is known',
  specified: 'in the format’s specification',
};

/** `special_feature_opt_ins` as a label. */
export function label(name) {
  const words = name.replaceAll('_', ' ').replace(/\b(id|cmp|li|gpc|lspa|mspa|ac|tcf)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const MINUTE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** A time as people write it; a time that is midnight is a day. */
export function date(iso) {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return String(iso);
  return time.getTime() % 86_400_000 === 0 ? DAY.format(time) : `${MINUTE.format(time)} UTC`;
}

/** How long ago a time is: `today`, `3 years and 7 months ago`, `in the future`. */
export function age(iso, now) {
  const then = new Date(iso);
  if (then > now) return 'in the future';
  let months = (now.getUTCFullYear() - then.getUTCFullYear()) * 12 + now.getUTCMonth() - then.getUTCMonth();
  if (now.getUTCDate() < then.getUTCDate()) months -= 1;
  const unit = (number, name) => (number ? [`${number} ${name}${number === 1 ? '' : 's'}`] : []);
  if (months < 1) {
    const days = Math.floor((now - then) / 86_400_000);
    return days ? `${unit(days, 'day')} ago` : 'today';
  }
  return `${[...unit(Math.floor(months / 12), 'year'), ...unit(months % 12, 'month')].join(' and ')} ago`;
}

function displayName(type, code) {
  try {
    return new Intl.DisplayNames('en', { type }).of(type === 'language' ? code.toLowerCase() : code);
  } catch {
    return code;
  }
}

export const language = (code) => (code === null ? 'not said' : displayName('language', code));
export const country = (code) => (code === null ? 'not said' : displayName('region', code));
