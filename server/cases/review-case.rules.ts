import type { CaseContent } from './case-documents.rules.ts';
import type { Incident, ReviewedCaseView } from './cases.contract.ts';

/** All that a review of the work opens; the keys of the other compartments stay closed. */
export const REVIEWED_COMPARTMENTS = ['facts'] as const;

/** Looking after the work needs no identity: with this purpose a case is shown as a pseudonym, its code. */
export function isReview(purpose: string): boolean {
  return purpose === 'oversight';
}

/** The output contract refuses what is not named there, so a field added later does not show by itself. */
export function reviewedParts({ survivor, incidents }: CaseContent): Pick<ReviewedCaseView, 'survivor' | 'incidents'> {
  const { ageBand, sex, ethnicityGroup, maritalStatus, nationality, disabilities, languages, accessNeeds } = survivor;
  return {
    survivor: { ageBand, sex, ethnicityGroup, maritalStatus, nationality, disabilities, languages, accessNeeds },
    incidents: incidents.map(({ id, value }) => ({ id, value: reviewedIncident(value) })),
  };
}

function reviewedIncident(incident: Incident): ReviewedCaseView['incidents'][number]['value'] {
  if (incident.kind === 'violence') {
    const { narrative: _narrative, health: _health, ...facts } = incident;
    return facts;
  }
  // Where she was taken is written in free words, and may name people.
  const { narrative: _narrative, health: _health, destination: _destination, ...facts } = incident;
  return facts;
}
