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
  const finding = await findingRow(work, params.findingId);
  if (finding === undefined) throw new AppError('NOT_FOUND');
  const about = { id: newId(), askerAgencyId: finding.agencyId, staffAgencyId: finding.actorAgencyId };
  if (!(await moveFinding(work, finding.id, 'asked'))) throw new AppError('STATE_CONFLICT');
  await insertExplanation(work, {
    id: about.id,
    findingId: finding.id,
    staffId: finding.actorId,
    staffAgencyId: finding.actorAgencyId,
    dueAt: new Date(work.nowMs + deps.directory.auditRules().explanation.answerWithin),
    question: await sealTwice(deps.keys, { ...about, part: 'question' }, body.question),
  });
  work.record({ ownerAgencyId: finding.agencyId });
  return { body: await viewFinding(deps, work, finding.id), resourceId: finding.id };
}

/** Concludes a finding, answered or not. @throws AppError STATE_CONFLICT when it is closed already */
export async function closeFinding(deps: FindingDeps, call: Of<CloseFindingBody>): Promise<Answer<FindingView>> {
  const { work, params, body, facts } = call;
  await closeRow(work, params.findingId, body.outcome);
  work.record({ ownerAgencyId: facts.ownerAgencyId, reasonCode: body.outcome });
  return { body: await viewFinding(deps, work, params.findingId) };
}
