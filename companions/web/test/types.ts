// What must be accepted, and what must not: checked, never run.
import { decode, encode, explain, permits, strings, violations } from '../npm/api.js';

const tc = decode('C', { format: 'tcf' });
const vendors: number[] = tc.vendors_consent;
const any = decode('C');
if (any.format === 'didomi') {
  const enabled: number[] = any.purposes.enabled;
  void enabled;
}
const text: string = encode({ ...tc, vendors_consent: [...vendors, 755] });
const answer = permits({ tc: text, vendor: 'iab:755', purpose: 'iab:4', at: new Date() });
const why: string = answer.allowed ? answer.basis : answer.reason;
const paths: string[] = explain(text, { all: true }).spans.map((span) => span.path);
const effects = violations(text).map(({ effect }) => effect);
void [why, paths, effects, strings(text)];

// @ts-expect-error: no such format
decode('C', { format: 'dcs' });
// @ts-expect-error: a purpose is needed
permits({ tc: text, vendor: 'iab:755' });
