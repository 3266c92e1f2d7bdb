import type { Answer, Call } from '../http/endpoint.ts';
import { AppError } from '../kernel/errors.ts';
import type { Keys } from '../keys/index.ts';
import { endRow } from './break-glass.store.ts';
import type { BreakGlassView } from './safeguards.contract.ts';
import { viewBreakGlass } from './view-break-glass.ts';

/**
 * Who opened a case in an emergency closes it again before its time. It is reviewed all the same.
 * @throws AppError STATE_CONFLICT where its time had passed; NOT_FOUND
 */
export async function endBreakGlass(
  deps: { keys: Keys },
  call: Call<{ breakGlassId: string }, unknown, unknown>,
): Promise<Answer<BreakGlassView>> {
  const { work, facts, params } = call;
  const status = await endRow(work, params.breakGlassId);
  if (status === 'over') throw new AppError('STATE_CONFLICT');
  if (status === 'refused' || facts.caseId === null) throw new AppError('NOT_FOUND');
  work.record({ ownerAgencyId: facts.ownerAgencyId, caseIds: [facts.caseId] });
  return { body: await viewBreakGlass(deps.keys, work, params.breakGlassId) };
}
