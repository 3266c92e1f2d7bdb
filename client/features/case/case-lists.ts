import type { CaseView } from '../../../server/cases/cases.contract.ts';
import { basisFacts, childFacts, incidentFacts, listsOf, perpetratorFacts, survivorFacts } from './facts.ts';

/** Only the lists that this case is worded from: a first visit on a weak line asks for no more. */
export function caseLists(view: CaseView): string[] {
  const facts = [
    ...basisFacts(view),
    ...survivorFacts(view.survivor),
    ...view.incidents.flatMap(({ value }) => incidentFacts(value)),
    ...view.perpetrators.flatMap(perpetratorFacts),
    ...view.children.flatMap(childFacts),
  ];
  const occasional = [
    ...(view.contexts.length > 0 ? ['case_context'] : []),
    ...(view.clinicalWindows.length > 0 ? ['clinical_window'] : []),
    ...(view.survivor.contact.methods.length > 0 ? ['contact_method'] : []),
    ...(view.risk.redFlags.length > 0 ? ['red_flag'] : []),
  ];
  return [...new Set([...listsOf(facts), ...occasional, 'case_stage', 'risk_level', 'referral_state'])];
}
