import { shareOf, type DisclosureMatrix } from '../directory/disclosure-matrix.ts';
import type { FieldFault } from '../kernel/errors.ts';

/** Legal bases on which a referral may go without consent; consent itself, assent and break-glass have paths of their own. */
const BASES_OF_ALL = ['VITAL_INTEREST', 'CRIME_DUTY', 'COURT_OR_DECISION'];

/** Bases open to this case. The duty to report serves children only (CL Art. 51). */
export function legalBasesFor(isChild: boolean): string[] {
  return isChild ? ['CHILD_DUTY', ...BASES_OF_ALL] : BASES_OF_ALL;
}

export type Choice = { fields: readonly string[]; sector: string; isInDanger: boolean; isOnLegalBasis: boolean };

/**
 * Fields that must not go: what the matrix never gives to this sector, and, without consent, whatever it gives only
 * when she asks for it. What goes = matrix ∩ (consent or legal basis).
 */
export function choiceFaults(matrix: DisclosureMatrix, choice: Choice): FieldFault[] {
  return choice.fields.flatMap((field, index) => {
    const { share } = shareOf(matrix, { sector: choice.sector, field, isInDanger: choice.isInDanger });
    const mayGo = share === 'default' || (share === 'ask' && !choice.isOnLegalBasis);
    return mayGo ? [] : [{ path: `fields.${index}`, code: 'NOT_SHAREABLE' as const }];
  });
}
