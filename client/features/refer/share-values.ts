import type { DraftReferralBody, DispatchBody, ReferralView } from '../../../server/referrals/referrals.contract.ts';
import { broadest, preticked, type ReferralOption, type Scope } from './columns.ts';
import { momentOf, usualEnd } from './periods.ts';

/** Everything decided on the screen where a referral is put together. */
export type ShareValues = {
  fields: readonly string[];
  /** `consent:<id>`, `new`, `legal`, or '' while nothing is chosen. */
  basis: string;
  legalBasis: string;
  reason: string;
  urgency: string;
  /** Last day of reading, ISO 8601. */
  endsOn: string;
  note: string;
  called: string;
  /** Time of day of the call, as typed. */
  calledAt: string;
  spokeTo: string;
};

export type Setting = {
  option: ReferralOption;
  service: string;
  suggestedUrgency: string;
  /** Today in Viet Nam. */
  today: string;
  /** A draft that is continued. */
  draft: ReferralView | null;
};

const purpose = 'referral_service';
const consentPrefix = 'consent:';

export function basisOfConsent(consentId: string): string {
  return `${consentPrefix}${consentId}`;
}

export function consentOf(option: ReferralOption, basis: string): ReferralOption['consents'][number] | undefined {
  return option.consents.find(({ id }) => basisOfConsent(id) === basis);
}

export function scopeOf(option: ReferralOption, basis: string): Scope {
  const consent = consentOf(option, basis);
  if (consent) return { kind: 'consent', fields: consent.fields };
  return { kind: basis === 'legal' ? 'legal' : 'open' };
}

export function initialValues({ option, suggestedUrgency, today, draft }: Setting): ShareValues {
  const consent = broadest(option);
  const basis = consent ? basisOfConsent(consent.id) : '';
  const common = { basis, legalBasis: '', reason: '', called: '', calledAt: '', spokeTo: '' };
  if (draft?.draft && draft.notice) {
    const { fields, endsOn, note } = draft.draft;
    return { ...common, fields, endsOn, note: note ?? '', urgency: draft.notice.urgency };
  }
  return {
    ...common,
    fields: preticked(option.fields, scopeOf(option, basis)),
    endsOn: usualEnd(today, consent?.validUntil ?? null),
    note: '',
    urgency: suggestedUrgency,
  };
}

export type Fault =
  | 'noFields'
  | 'outside'
  | 'noBasis'
  | 'newConsent'
  | 'noLegalBasis'
  | 'noReason'
  | 'endPassed'
  | 'endAfterConsent'
  | 'notCalled'
  | 'noCallTime'
  | 'noSpokeTo';
export type Faults = Partial<Record<keyof ShareValues, Fault>>;

/** What must be settled before it can be sent. A draft may be saved with any of these. */
export function faultsOf(values: ShareValues, { option, today, nowMs }: FaultSetting): Faults {
  return {
    ...fieldFaults(values, option),
    ...basisFaults(values),
    ...endFaults(values, { option, today }),
    ...(values.urgency === 'U0' ? callFaults(values, nowMs) : {}),
  };
}

type FaultSetting = { option: ReferralOption; today: string; nowMs: number };

/** The chosen fields that the chosen consent does not cover. */
export function uncovered(values: ShareValues, option: ReferralOption): string[] {
  const consent = consentOf(option, values.basis);
  return consent ? values.fields.filter((field) => !consent.fields.includes(field)) : [];
}

function fieldFaults(values: ShareValues, option: ReferralOption): Faults {
  if (values.fields.length === 0) return { fields: 'noFields' };
  return uncovered(values, option).length > 0 ? { fields: 'outside' } : {};
}

function basisFaults({ basis, legalBasis, reason }: ShareValues): Faults {
  if (basis === '') return { basis: 'noBasis' };
  if (basis === 'new') return { basis: 'newConsent' };
  if (basis !== 'legal') return {};
  return {
    ...(legalBasis === '' ? { legalBasis: 'noLegalBasis' as const } : {}),
    ...(reason.trim() === '' ? { reason: 'noReason' as const } : {}),
  };
}

function endFaults({ endsOn, basis }: ShareValues, { option, today }: Omit<FaultSetting, 'nowMs'>): Faults {
  const limit = consentOf(option, basis)?.validUntil ?? null;
  if (endsOn < today) return { endsOn: 'endPassed' };
  return limit !== null && endsOn > limit ? { endsOn: 'endAfterConsent' } : {};
}

function callFaults({ called, calledAt, spokeTo }: ShareValues, nowMs: number): Faults {
  if (called === '') return { called: 'notCalled' };
  return {
    ...(momentOf(calledAt, nowMs) === null ? { calledAt: 'noCallTime' as const } : {}),
    ...(called === 'reached' && spokeTo.trim() === '' ? { spokeTo: 'noSpokeTo' as const } : {}),
  };
}

export function draftBodyOf(values: ShareValues, { option, service }: Setting): DraftReferralBody {
  const { fields, urgency, endsOn } = values;
  return {
    recipientAgencyId: option.agency.id,
    service,
    urgency,
    purpose,
    fields: [...fields],
    note: values.note.trim(),
    endsOn,
  };
}

export function dispatchBodyOf(values: ShareValues, nowMs: number): DispatchBody {
  const { basis, legalBasis, reason } = values;
  const call = values.urgency === 'U0' ? { call: callOf(values, nowMs) } : {};
  if (basis === 'legal') return { legalBasis, reason: reason.trim(), ...call };
  return { consentId: basis.slice(consentPrefix.length), ...call };
}

function callOf({ called, calledAt, spokeTo }: ShareValues, nowMs: number): NonNullable<DispatchBody['call']> {
  const name = called === 'reached' ? spokeTo.trim() : '';
  return {
    calledAt: momentOf(calledAt, nowMs) ?? new Date(nowMs).toISOString(),
    isReached: called === 'reached',
    ...(name === '' ? {} : { spokeTo: name }),
  };
}
