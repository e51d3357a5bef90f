/** A format of consent strings. */
export type Format = 'didomi' | 'tcf' | 'gpp' | 'us_privacy' | 'ac' | 'token';

/** Which codes of a Didomi string are read whose meaning is inferred only: none, unless said otherwise. */
export type InferredCodes = 'refuse' | 'listed' | 'accept';

export interface DecodeOptions {
  /** The format; told from the text unless said. Where two formats accept a text, that is an error. */
  format?: Format;
  inferredCodes?: InferredCodes;
}

/** Statuses of IDs in a Didomi string, as rising lists. What is in neither was never asked for. */
export interface Section {
  enabled: number[];
  disabled: number[];
}

/** A Didomi Consent String. Times are ISO 8601 in UTC, with tenths of a second. */
export interface DidomiString {
  format: 'didomi';
  version: 1 | 2;
  user_id: string;
  created: string;
  updated: string;
  /** Version 2 only; 1 is the GDPR, the other numbers are not published. */
  regulation: number | null;
  sync: string | null;
  purposes: Section;
  purposes_li: Section;
  vendors: Section;
  vendors_li: Section;
  did: string | null;
  ouid: string | null;
  signature: string | null;
}

export interface PublisherRestriction {
  purpose: number;
  /** 0: not allowed; 1: requires consent; 2: requires legitimate interest; 3: undefined. */
  type: number;
  vendors: number[];
}

export interface PublisherTc {
  purposes_consent: number[];
  purposes_li: number[];
  custom_purposes_count: number;
  custom_purposes_consent: number[];
  custom_purposes_li: number[];
}

/** An IAB TC string, version 2. Sets are rising lists; a segment that is absent is `null`. */
export interface TcString {
  format: 'tcf';
  version: 2;
  created: string;
  last_updated: string;
  cmp_id: number;
  cmp_version: number;
  consent_screen: number;
  /** Two letters, or `null` where the bits are none. */
  consent_language: string | null;
  vendor_list_version: number;
  tcf_policy_version: number;
  is_service_specific: boolean;
  use_non_standard_texts: boolean;
  special_feature_opt_ins: number[];
  purposes_consent: number[];
  purposes_li: number[];
  purpose_one_treatment: boolean;
  publisher_country_code: string | null;
  vendors_consent: number[];
  vendors_li: number[];
  publisher_restrictions: PublisherRestriction[];
  disclosed_vendors: number[] | null;
  allowed_vendors: number[] | null;
  publisher_tc: PublisherTc | null;
}

/** A string of another format; its properties are those of the command `consent-string inspect --json`. */
export interface OtherString {
  format: Exclude<Format, 'didomi' | 'tcf'>;
  [property: string]: unknown;
}

export type ConsentString = DidomiString | TcString | OtherString;

/** What a string says. Throws {@link ConsentStringError}. */
export function decode(text: string, options: DecodeOptions & { format: 'didomi' }): DidomiString;
export function decode(text: string, options: DecodeOptions & { format: 'tcf' }): TcString;
export function decode(text: string, options?: DecodeOptions): ConsentString;

/**
 * The canonical string of an object such as {@link decode} makes. Throws {@link ConsentStringError}.
 *
 * A signature is written as it is in the object: take it out of one that you change.
 */
export function encode(value: ConsentString): string;

/** A run of bits and what it is. The spans of a segment stand in order and leave nothing out. */
export interface Span {
  /** The field, such as `vendors.ranges[3].start`. */
  path: string;
  /** The part of the text. */
  segment: string;
  /** Where it starts, in bits from the start of its segment. */
  bit: number;
  /** How many bits. */
  bits: number;
  /** The bits themselves: `"000010"`. */
  raw: string;
  value: unknown;
  /** The value in words; `null` where there is none, as of fill. */
  text: string | null;
  /** Where the rule is from that says what the bits mean. */
  mark: 'documented' | 'seen' | 'inferred' | 'specified';
  error: Problem | null;
}

export interface Explanation {
  /** The format; of a bad string the one that got furthest; `null` where two accept it. */
  format: Format | null;
  text: string;
  spans: Span[];
  /** What is wrong with a string that can't be read: its spans go up to there. */
  error: Problem | null;
}

export interface ExplainOptions extends DecodeOptions {
  /** Every entry of a bit field or a list, where there are more than 64: they are one span otherwise. */
  all?: boolean;
}

/** Every bit of a string. A bad string is explained up to its fault. */
export function explain(text: string, options?: ExplainOptions): Explanation;

export interface Question {
  /** The TC string. */
  tc?: string;
  /** The Didomi Consent String. */
  dcs?: string;
  /** `iab:755` or `didomi:130`. */
  vendor: string;
  /** `iab:4` or `didomi:5`. */
  purpose: string;
  /** On which basis the vendor declared the purpose; consent unless said. */
  basis?: 'consent' | 'li';
  /** Whether the vendor declared that the publisher may require the other basis. */
  flexible?: boolean;
  /** The time to ask for; now unless said. A TC string that is not valid then permits nothing. */
  at?: Date | number | string;
}

export type Answer =
  | { allowed: true; basis: 'consent' | 'li'; decided_by: Format }
  | { allowed: false; reason: string; decided_by: Format };

/** May a vendor process data for a purpose? A string that is needed and absent is a no. */
export function permits(question: Question): Answer;

export interface Violation {
  /** The rule, in `snake_case`: stable. */
  name: string;
  message: string;
  /** What follows: the string is as none; the visitor is to be asked anew; some bits are void; or less. */
  effect: 'invalid' | 'ask_anew' | 'void' | 'suspect' | 'deviation';
}

/** What the framework's rules hold against a TC string at a time; now unless said. */
export function violations(text: string, options?: { at?: Date | number | string }): Violation[];

export interface Found {
  /** The cookie's name; `null` where the text is no `Cookie` header. */
  name: string | null;
  format: Format | null;
  text: string | null;
  error: Problem | null;
}

/** The consent strings in a `Cookie` header, or the one that the text is, encoded as in a cookie or not. */
export function strings(text: string): Found[];

export interface Problem {
  error: string;
  kind: string;
  format?: Format | null;
  segment: string | null;
  bit: number | null;
  character?: number | null;
}

/** A string that can't be read, or a value that no string can have. Its message never shows the string. */
export class ConsentStringError extends Error {
  /** The kind, in `snake_case`: stable. */
  readonly kind: string;
  /** The format that the string was read as. */
  readonly format: Format | null;
  /** The part of the string that is wrong. */
  readonly segment: string | null;
  /** Where the wrong field starts, in bits from the start of the segment. */
  readonly bit: number | null;
  /** How many characters stand before the wrong one. */
  readonly character: number | null;
}
