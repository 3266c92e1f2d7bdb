import type { RecordingBasis } from '../../../server/cases/cases.contract.ts';
import { fullDay } from './dates-typed.ts';
import { filled } from './filled.ts';
import { isConsent } from './grounds.ts';
import type { RegistrationValues } from './values.ts';

export function basisOf(values: RegistrationValues): RecordingBasis {
  const isReportUseAgreed = values.isReportUseAgreed === 'YES';
  const representative = representativeOf(values);
  if (!isConsent(values.grounds))
    return { code: values.grounds, isReportUseAgreed, ...filled('reason', values.reason), ...representative };
  const explainedOn = fullDay(values.explainedOn);
  return {
    code: 'CONSENT',
    evidence: values.grounds,
    consenter: values.consenter,
    language: values.language,
    ...(explainedOn === undefined ? {} : { explainedOn }),
    isReportUseAgreed,
    ...(values.consenter === 'SELF' ? {} : representative),
  };
}

function representativeOf(values: RegistrationValues): Pick<RecordingBasis, 'representative'> {
  if (values.representativeRelation === '') return {};
  return {
    representative: {
      relationship: values.representativeRelation,
      isAllegedPerpetrator: values.isRepresentativeAccused === 'YES',
      ...filled('fullName', values.representativeName),
    },
  };
}
