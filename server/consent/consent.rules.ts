import type { FieldFault } from '../kernel/errors.ts';
import { shareOf, type DisclosureMatrix } from '../directory/disclosure-matrix.ts';
import type { RecordConsentBody } from './consent.contract.ts';

export type ConsentSetting = { day: string; isChild: boolean; sectors: readonly string[]; matrix: DisclosureMatrix };

/** What cannot stand as a consent: a past end, a child alone, a missing witness, a field this recipient never gets. */
export function consentFaults(body: RecordConsentBody, setting: ConsentSetting): FieldFault[] {
  const at = (path: string, code: FieldFault['code']): FieldFault => ({ path, code });
  const unshareable = body.fields.flatMap((field, index) =>
    mayBeShared(setting, field) ? [] : [at(`fields.${index}`, 'NOT_SHAREABLE')],
  );
  return [
    ...(body.validUntil < setting.day ? [at('validUntil', 'DATE_IN_PAST')] : []),
    ...(body.explainedOn > setting.day ? [at('explainedOn', 'DATE_IN_FUTURE')] : []),
    // PDPL Art. 24: for a child the representative agrees, from 7 on together with the child.
    ...(setting.isChild && body.consenter === 'SELF' ? [at('consenter', 'INVALID')] : []),
    ...(body.evidence === 'VERBAL_WITNESSED' && !body.witness ? [at('witness', 'REQUIRED')] : []),
    ...unshareable,
  ];
}

/** Whether any sector of the recipient may ever get the field. */
function mayBeShared({ matrix, sectors }: ConsentSetting, field: string): boolean {
  return sectors.some((sector) =>
    [true, false].some((isInDanger) => shareOf(matrix, { sector, field, isInDanger }).share !== 'never'),
  );
}

export function consentState(
  consent: { state: 'valid' | 'withdrawn'; validUntil: string },
  day: string,
): 'valid' | 'withdrawn' | 'expired' {
  if (consent.state === 'withdrawn') return 'withdrawn';
  return consent.validUntil < day ? 'expired' : 'valid';
}

export type Coverage = {
  recipientAgencyId: string;
  purpose: string;
  fields: readonly string[];
  endsOn: string;
  day: string;
};

/** A consent covers what is to be sent only whole: this recipient, this purpose, every field, the entire period. */
export function covers(
  consent: {
    recipientAgencyId: string;
    purpose: string;
    fields: readonly string[];
    state: 'valid' | 'withdrawn';
    validUntil: string;
  },
  wanted: Coverage,
): boolean {
  return (
    consentState(consent, wanted.day) === 'valid' &&
    consent.recipientAgencyId === wanted.recipientAgencyId &&
    consent.purpose === wanted.purpose &&
    wanted.endsOn <= consent.validUntil &&
    wanted.fields.every((field) => consent.fields.includes(field))
  );
}
