import type { Work } from '../db/work.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { AppError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { insertExplanation } from './explanations.store.ts';
import type { AskExplanationBody, CloseFindingBody, FindingView } from './findings.contract.ts';
import { closeRow, findingRow, moveFinding } from './findings.store.ts';
import { sealTwice } from './seal-twice.ts';
import { viewFinding, type FindingDeps } from './view-finding.ts';

type Of<Body> = Call<{ findingId: string }, unknown, Body>;

/**
 * Asks the person whom a finding is about for an explanation, due after the time that the data give.
 * @throws AppError STATE_CONFLICT while an earlier question is unanswered, or when the finding is closed
 */
export async function askExplanation(deps: FindingDeps, call: Of<AskExplanationBody>): Promise<Answer<FindingView>> {
  const { work, params, body } = call;
  const agencyId = await askAbout(deps, work, { findingId: params.findingId, question: body.question });
  work.record({ ownerAgencyId: agencyId });
  return { body: await viewFinding(deps, work, params.findingId), resourceId: params.findingId };
}

/** The asking without its event and its answer. @throws AppError STATE_CONFLICT, NOT_FOUND */
export async function askAbout(
  deps: FindingDeps,
  work: Work,
  { findingId, question }: { findingId: string; question: string },
): Promise<string> {
  const finding = await findingRow(work, findingId);
  if (finding === undefined) throw new AppError('NOT_FOUND');
  const { agencyId, actorId, actorAgencyId } = finding;
  if (!(await moveFinding(work, findingId, 'asked'))) throw new AppError('STATE_CONFLICT');
  const id = newId();
  const about = { id, askerAgencyId: agencyId, staffAgencyId: actorAgencyId, part: 'question' } as const;
  await insertExplanation(work, {
    id,
    findingId,
    staffId: actorId,
    staffAgencyId: actorAgencyId,
    dueAt: new Date(work.nowMs + deps.directory.auditRules().explanation.answerWithin),
    question: await sealTwice(deps.keys, about, question),
  });
  return agencyId;
}

/** Concludes a finding, answered or not. @throws AppError STATE_CONFLICT when it is closed already */
export async function closeFinding(deps: FindingDeps, call: Of<CloseFindingBody>): Promise<Answer<FindingView>> {
  const { work, params, body, facts } = call;
  await closeRow(work, params.findingId, body.outcome);
  work.record({ ownerAgencyId: facts.ownerAgencyId, reasonCode: body.outcome });
  return { body: await viewFinding(deps, work, params.findingId) };
}
