import type { Question, Work } from '../db/work.ts';
import { AppError } from '../kernel/errors.ts';
import type { Action } from './actions.ts';
import type { PolicyEngine } from './engine.ts';
import { factsAbout, questionAbout, type Found } from './facts.store.ts';
import type { Kind, Principal, Resource } from './facts.ts';
import { purposeFor } from './purposes.rules.ts';

export type { Action } from './actions.ts';
export { loadPolicies, type PolicyEngine } from './engine.ts';
export { notePolicies } from './note-policies.store.ts';
export { policyDigests } from './rules-in-force.ts';
export type { Found } from './facts.store.ts';

export type SubjectRef = { kind: Kind; id: string } | { kind: 'office' } | { kind: 'log' };

/**
 * Decides one action of the bound person on one object, once per request. A refusal tells the outside
 * nothing: objects that the person does not know answer NOT_FOUND, as if they did not exist.
 * @throws AppError NOT_FOUND or NOT_ALLOWED; the reasons stand in the audit event only
 */
export async function decide(
  engine: PolicyEngine,
  work: Work,
  about: { action: Action; subject: SubjectRef },
): Promise<Found> {
  const found = await factsOf(work, about.subject);
  const principal = principalOf(work);
  work.purpose ||= usualPurpose(about.action, principal, found.resource);
  const decision = engine.decide({ principal, action: about.action, resource: found.resource, purpose: work.purpose });
  work.policies = decision.policies;
  if (decision.isAllowed) return found;
  // Learnt for the log only: which case and whose.
  work.record({
    outcome: 'refused',
    ownerAgencyId: found.ownerAgencyId,
    caseIds: found.caseId === null ? [] : [found.caseId],
  });
  throw new AppError(
    about.subject.kind === 'office' || about.subject.kind === 'log' || found.isKnown ? 'NOT_ALLOWED' : 'NOT_FOUND',
  );
}

function principalOf({ actor }: Work): Principal {
  return actor.kind === 'staff' ? { type: 'Staff', roles: actor.roles } : { type: 'Anonymous' };
}

/** Where none was stated. Where there is no team, nobody is outside of it. */
function usualPurpose(action: string, principal: Principal, resource: Resource): string {
  const isMember = !('isMember' in resource) || resource.isMember;
  return principal.type === 'Staff' ? purposeFor(action, principal.roles, isMember) : '';
}

/** What a decision about this object needs to know, to be asked together with the binding. */
export function questionsOf(subject: SubjectRef): Question[] {
  return 'id' in subject ? [questionAbout(subject.kind, subject.id)] : [];
}

const NO_OBJECT = { caseId: null, ownerAgencyId: null, state: null, isSender: false, isKnown: true };

async function factsOf(work: Work, subject: SubjectRef): Promise<Found> {
  if (subject.kind === 'office') return { ...NO_OBJECT, resource: { type: 'Office' } };
  if (subject.kind === 'log') return { ...NO_OBJECT, resource: { type: 'Log' } };
  return factsAbout(work, subject.kind, subject.id);
}
