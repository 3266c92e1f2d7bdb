import type { Answer, Call } from '../http/endpoint.ts';
import { AppError } from '../kernel/errors.ts';
import { answerDoubtRow } from './conflicts.store.ts';
import type { AnswerDoubtBody } from './safeguards.contract.ts';

/**
 * A supervisor says whether the colleague of the same name and year of birth is too close: then she is barred at once.
 * @throws AppError STATE_CONFLICT when it was answered before
 */
export async function answerDoubt(
  call: Call<{ doubtId: string }, unknown, AnswerDoubtBody>,
): Promise<Answer<Record<string, never>>> {
  const { work, params, body, facts } = call;
  if (!(await answerDoubtRow(work, params.doubtId, body.answer))) throw new AppError('STATE_CONFLICT');
  work.record({
    ownerAgencyId: facts.ownerAgencyId,
    caseIds: facts.caseId === null ? [] : [facts.caseId],
    reasonCode: body.answer,
  });
  return { body: {} };
}
