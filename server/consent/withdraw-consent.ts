import type { Work } from '../db/work.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { AppError } from '../kernel/errors.ts';
import type { WithdrawalAnswer } from './consent.contract.ts';
import type { ConsentDeps } from './consent.routes.ts';
import { consentRow, markWithdrawn } from './consent.store.ts';

type Touched = { id: string; recipientAgencyId: string };

/** What the withdrawal asks of the room above: wired by the composition root. Needs no key, so it works with the custodian down. */
export type CloseReferrals = (
  work: Work,
  consent: { id: string; caseId: string; recipientAgencyId: string },
) => Promise<{ closed: Touched[]; kept: Touched[] }>;

/** Withdraws a consent; it always succeeds, and the referrals that rest on it close in the same transaction. */
export async function withdrawConsent(
  deps: ConsentDeps,
  call: Call<{ consentId: string }, unknown, { reason: string }>,
): Promise<Answer<WithdrawalAnswer>> {
  const { work } = call;
  const row = await consentRow(work, call.params.consentId);
  if (row === undefined) throw new AppError('NOT_FOUND');
  await markWithdrawn(work, row.id);
  const { closed, kept } = await deps.closeReferrals(work, row);
  work.record({
    ownerAgencyId: row.ownerAgencyId,
    caseIds: [row.caseId],
    reasonCode: call.body.reason,
    count: closed.length,
  });
  const spelled = (touched: Touched) => ({
    id: touched.id,
    recipientAgency: deps.directory.agencyName(touched.recipientAgencyId),
  });
  return {
    body: { id: row.id, state: 'withdrawn', closedReferrals: closed.map(spelled), keptReferrals: kept.map(spelled) },
  };
}
