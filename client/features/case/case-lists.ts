import type { OpenedCase } from '../../../server/cases/cases.contract.ts';
import { basisFacts, childFacts, incidentFacts, listsOf, perpetratorFacts, survivorFacts } from './facts.ts';
import { wholeOf } from './opened-case.ts';

/** Only the lists that this case is worded from: a first visit on a weak line asks for no more. */
export function caseLists(view: OpenedCase): string[] {
  const whole = wholeOf(view);
  const facts = [
    ...(whole ? [...basisFacts(whole), ...whole.perpetrators.flatMap(perpetratorFacts)] : []),
    ...survivorFacts(view.survivor),
    ...view.incidents.flatMap(({ value }) => incidentFacts(value)),
    ...view.children.flatMap(childFacts),
  ];
  const occasional = [
    ...(whole && whole.contexts.length > 0 ? ['case_context'] : []),
    ...(view.clinicalWindows.length > 0 ? ['clinical_window'] : []),
    ...(whole && whole.survivor.contact.methods.length > 0 ? ['contact_method'] : []),
    ...(view.risk.redFlags.length > 0 ? ['red_flag'] : []),
  ];
  return [...new Set([...listsOf(facts), ...occasional, 'case_stage', 'risk_level', 'referral_state'])];
}
