import type { RecordConsentBody } from '../../../server/consent/consent.contract.ts';
import { partsOf, readDate, type DateParts } from '../../ui/date-parts.ts';
import { usualConsentText } from '../directory/consent-text.ts';

export type TermsValues = {
  agencyId: string;
  /** The agency whose usual fields have been ticked; '' for none yet. */
  ticksFor: string;
  fields: readonly string[];
  validUntil: DateParts;
  consenter: string;
  evidence: string;
  witness: string;
  language: string;
  explainedOn: DateParts;
  textVersion: string;
  excluded: string;
};

const usualMonths = 6;

/** Who consents and how is never assumed. `today` is `2026-03-27`; `lastText` the version used before in this case. */
export function initialTerms(today: string, lastText: string | undefined): TermsValues {
  return {
    agencyId: '',
    ticksFor: '',
    fields: [],
    validUntil: partsOf(monthsLater(today, usualMonths)),
    consenter: '',
    evidence: '',
    witness: '',
    language: 'VIE',
    explainedOn: partsOf(today),
    textVersion: lastText ?? usualConsentText,
    excluded: '',
  };
}

/** The same day so many months on; where the month is too short, its last day. */
export function monthsLater(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + count + 1, 0));
  last.setUTCDate(Math.min(date, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

export type TermsFault =
  | 'agency'
  | 'fields'
  | 'until'
  | 'untilPast'
  | 'consenter'
  | 'evidence'
  | 'witness'
  | 'language'
  | 'explained'
  | 'explainedFuture'
  | 'text';
export type TermsFaults = Partial<Record<keyof TermsValues, TermsFault>>;

/** What keeps a consent from being recorded. */
export function termsFaults(values: TermsValues, today: string): TermsFaults {
  const { agencyId, fields, consenter, evidence, witness, language, textVersion } = values;
  const open: [keyof TermsValues, boolean, TermsFault][] = [
    ['agencyId', agencyId === '', 'agency'],
    ['fields', agencyId !== '' && fields.length === 0, 'fields'],
    ['consenter', consenter === '', 'consenter'],
    ['evidence', evidence === '', 'evidence'],
    ['witness', evidence === verbal && witness.trim() === '', 'witness'],
    ['language', language === '', 'language'],
    ['textVersion', textVersion.trim() === '', 'text'],
  ];
  const found = open.filter(([, isWrong]) => isWrong).map(([field, , fault]) => [field, fault]);
  return { ...(Object.fromEntries(found) as TermsFaults), ...dayFaults(values, today) };
}

/** Consent by word of mouth needs somebody who heard it. */
export const verbal = 'VERBAL_WITNESSED';

function dayFaults({ validUntil, explainedOn }: TermsValues, today: string): TermsFaults {
  const until = readDate(validUntil, { notBefore: today });
  const explained = readDate(explainedOn, { notAfter: today });
  return {
    ...('fault' in until ? { validUntil: until.fault === 'past' ? 'untilPast' : 'until' } : {}),
    ...('fault' in explained ? { explainedOn: explained.fault === 'future' ? 'explainedFuture' : 'explained' } : {}),
  };
}

const purpose = 'referral_service';

/** The consent as the server takes it. Call it with values that `termsFaults` found nothing wrong with. */
export function termsBodyOf(values: TermsValues): RecordConsentBody {
  const witness = values.witness.trim();
  const excluded = values.excluded.trim();
  return {
    recipientAgencyId: values.agencyId,
    purpose,
    fields: [...values.fields],
    validUntil: dayOf(values.validUntil),
    consenter: values.consenter,
    evidence: values.evidence,
    language: values.language,
    explainedOn: dayOf(values.explainedOn),
    textVersion: values.textVersion.trim(),
    ...(values.evidence === verbal && witness !== '' ? { witness } : {}),
    ...(excluded === '' ? {} : { excluded }),
  };
}

export function dayOf(parts: DateParts): string {
  const reading = readDate(parts);
  return 'iso' in reading ? reading.iso : '';
}
