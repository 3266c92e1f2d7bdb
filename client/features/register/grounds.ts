import type { Codes } from '../directory/codes.ts';
import type { Choice } from '../../ui/field-id.ts';

/** Lists that the one question "on what grounds" is made of. */
export const groundsLists = ['recording_basis', 'consent_evidence'] as const;

/** Codes of `recording_basis` that do not rest on her consent. */
const otherBases: ReadonlySet<string> = new Set(['CHILD_DUTY', 'INCAPACITY', 'VITAL_INTEREST']);

export function isConsent(grounds: string): boolean {
  return grounds !== '' && !otherBases.has(grounds);
}

/** Consent by its evidence, then the legal bases: one question, one tap. `consentBy` words "consent: signature". */
export function groundsChoices(codes: Codes, consentBy: (evidence: string) => string): Choice[] {
  const consents = codes.choices('consent_evidence').map((each) => ({ ...each, label: consentBy(each.label) }));
  return [...consents, ...codes.choices('recording_basis').filter(({ value }) => otherBases.has(value))];
}
