import type { Answer, Call } from '../http/endpoint.ts';
import { AppError } from '../kernel/errors.ts';
import { answerRow, ownExplanation, ownExplanations, type ExplanationRow } from './explanations.store.ts';
import type { AnswerExplanationBody, ExplanationView } from './findings.contract.ts';
import { sealTwice } from './seal-twice.ts';
import { datesOf, openWords, type FindingDeps } from './view-finding.ts';

/** What the signed-in person was asked to explain, newest first. */
export async function listExplanations(
  deps: FindingDeps,
  { work }: Call<unknown, unknown, unknown>,
): Promise<Answer<{ items: ExplanationView[] }>> {
  const rows = await ownExplanations(work);
  work.record({ count: rows.length });
  return { body: { items: await Promise.all(rows.map((row) => viewOf(deps, row))) } };
}

/** Her answer, once. @throws AppError STATE_CONFLICT when it was given before, or the finding was concluded without it */
export async function answerExplanation(
  deps: FindingDeps,
  { work, params, body, facts }: Call<{ explanationId: string }, unknown, AnswerExplanationBody>,
): Promise<Answer<ExplanationView>> {
  const row = await ownExplanation(work, params.explanationId);
  if (row === undefined) throw new AppError('NOT_FOUND');
  const about = { id: row.id, askerAgencyId: row.agencyId, staffAgencyId: row.staffAgencyId, part: 'answer' } as const;
  const status = await answerRow(work, row.id, await sealTwice(deps.keys, about, body.answer));
  if (status === 'too_late') throw new AppError('STATE_CONFLICT');
  if (status === 'refused') throw new AppError('NOT_FOUND');
  work.record({ ownerAgencyId: facts.ownerAgencyId });
  const answered = await ownExplanation(work, row.id);
  if (answered === undefined) throw new AppError('NOT_FOUND');
  return { body: await viewOf(deps, answered) };
}

async function viewOf({ directory, keys }: FindingDeps, row: ExplanationRow): Promise<ExplanationView> {
  const words = await openWords(keys, row, row.staffAgencyId);
  return { id: row.id, askedBy: directory.agencyName(row.agencyId), ...datesOf(row), ...words };
}
