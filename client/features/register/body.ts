import type { RegisterCaseBody } from '../../../server/cases/cases.contract.ts';
import { idsOf } from '../safeguards/exclusions.ts';
import { basisOf } from './body-basis.ts';
import { incidentOf, reportOf } from './body-incident.ts';
import { childOf, perpetratorOf, survivorOf } from './body-people.ts';
import type { RegistrationValues } from './values.ts';

export type BodyContext = {
  draftId: string;
  /** Today in Viet Nam, `2026-03-27`. */
  today: string;
  /** What the red flags and the judgement come to. */
  riskLevel: string;
};

/** The registration as the server takes it. Call it with values that `faultsOf` found nothing wrong with. */
export function bodyOf(values: RegistrationValues, { draftId, today, riskLevel }: BodyContext): RegisterCaseBody {
  return {
    basis: basisOf(values),
    report: reportOf(values, today),
    incident: incidentOf(values, today),
    survivor: survivorOf(values, today),
    perpetrators: values.perpetrators.map((each) => perpetratorOf(each, values.kind)),
    children: values.children.map(childOf),
    risk: { level: riskLevel, redFlags: [...values.redFlags] },
    ...(values.exclusions.length === 0 ? {} : { exclusions: idsOf(values.exclusions) }),
    draftId,
  };
}
