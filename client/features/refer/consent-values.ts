import type { RecordConsentBody } from '../../../server/consent/consent.contract.ts';
import { partsOf, readDate, type DateFault, type DateParts } from '../../ui/date-parts.ts';
import { usualConsentText } from '../directory/consent-text.ts';
import { addDays } from './periods.ts';

export type ConsentValues = {
  consenter: string;
  evidence: string;
  witness: string;
  language: string;
  explainedOn: DateParts;
  /** Last day, ISO 8601. */
  validUntil: string;
};

const purpose = 'referral_service';
const usualDays = 180;

/** Who consents and how is never assumed; the rest has a usual answer. */
export function initialConsent(today: string): ConsentValues {
  return {
    consenter: '',
    evidence: '',
    witness: '',
    language: 'VIE',
    explainedOn: partsOf(today),
    validUntil: addDays(today, usualDays),
  };
}

export type ConsentFaults = Partial<Record<'consenter' | 'evidence' | 'witness' | 'language', ConsentFault>> & {
  explainedOn?: DateFault;
};
type ConsentFault = 'consenter' | 'evidence' | 'witness' | 'language' | 'fields';

export function consentFaultsOf(
  values: ConsentValues,
  { fields, today }: { fields: readonly string[]; today: string },
): ConsentFaults {
  const explained = readDate(values.explainedOn, { notAfter: today });
  const needsWitness = values.evidence === 'VERBAL_WITNESSED' && values.witness.trim() === '';
  return {
    ...(values.consenter === '' ? { consenter: 'consenter' as const } : {}),
    ...(values.evidence === '' ? { evidence: 'evidence' as const } : {}),
    ...(needsWitness ? { witness: 'witness' as const } : {}),
    ...(values.language === '' ? { language: 'language' as const } : {}),
    ...(fields.length === 0 ? { consenter: 'fields' as const } : {}),
    ...('fault' in explained ? { explainedOn: explained.fault } : {}),
  };
}

export type Consenting = {
  agencyId: string;
  fields: readonly string[];
  dayOf: (values: ConsentValues) => string;
};

export function consentBodyOf(values: ConsentValues, { agencyId, fields, dayOf }: Consenting): RecordConsentBody {
  const witness = values.witness.trim();
  return {
    recipientAgencyId: agencyId,
    purpose,
    fields: [...fields],
    validUntil: values.validUntil,
    consenter: values.consenter,
    evidence: values.evidence,
    language: values.language,
    explainedOn: dayOf(values),
    textVersion: usualConsentText,
    ...(values.evidence === 'VERBAL_WITNESSED' && witness !== '' ? { witness } : {}),
  };
}
