import type { Answer, Call } from '../http/endpoint.ts';
import { AppError } from '../kernel/errors.ts';
import { reviewRow } from './break-glass.store.ts';
import type { BreakGlassView, ReviewBreakGlassBody } from './safeguards.contract.ts';
import type { SafeguardsDeps } from './safeguards.routes.ts';
import { sealNote, viewBreakGlass } from './view-break-glass.ts';

/**
 * A supervisor says whether an emergency access was justified; the note is sealed like the reason.
 * @throws AppError STATE_CONFLICT when it was reviewed before
 */
export async function reviewBreakGlass(
  deps: SafeguardsDeps,
  call: Call<{ breakGlassId: string }, unknown, ReviewBreakGlassBody>,
): Promise<Answer<BreakGlassView>> {
  const { work, body, facts } = call;
  if (facts.caseId === null) throw new AppError('NOT_FOUND');
  const about = { id: call.params.breakGlassId, caseId: facts.caseId, agencyId: work.staff.agencyId };
  const note = body.note ? await sealNote(deps.keys, about, body.note) : null;
  const status = await reviewRow(work, { id: about.id, verdict: body.verdict, note });
  if (status === 'reviewed_before') throw new AppError('STATE_CONFLICT');
  if (status === 'refused') throw new AppError('NOT_FOUND');
  work.record({ ownerAgencyId: about.agencyId, caseIds: [about.caseId], reasonCode: body.verdict });
  return { body: await viewBreakGlass(deps.keys, work, about.id) };
}
