import type { CloseReferrals } from '../consent/index.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { deleteGrants, destroyDocuments } from '../keys/index.ts';
import { writeFeedback } from './answer-referral.ts';
import { viewReferral } from './open-referral.ts';
import type { ReferralView } from './referrals.contract.ts';
import type { ReferralsDeps } from './referrals.routes.ts';
import {
  moveReferral,
  referralRow,
  referralsOnLegalBasis,
  takeBackSettled,
  withdrawReferrals,
} from './referrals.store.ts';

/** The sender takes a referral back; the recipient's key and the envelope go, and the answer tells whether it was opened. */
export async function recallReferral(
  deps: ReferralsDeps,
  call: Call<{ referralId: string }, unknown, { reason: string }>,
): Promise<Answer<ReferralView>> {
  const { work, body } = call;
  const row = await referralRow(work, call.params.referralId);
  const feedback = { kind: 'recall' as const, reason: body.reason, outcome: null, services: [], note: null };
  await moveReferral(work, row, { to: 'recalled', change: { closedAt: work.now, recipientNotice: null } });
  await writeFeedback(deps, work, { row, feedback });
  await deleteGrants(work, { subjectIds: [row.id], holderId: row.recipientAgencyId });
  await destroyDocuments(work, [row.id], ['envelope']);
  work.record({ ownerAgencyId: row.senderAgencyId, caseIds: [row.caseId], reasonCode: body.reason });
  return viewReferral(deps, work, row.id);
}

/**
 * Carries a withdrawal of consent through: every open referral that rests on it closes; from all of them, the completed ones
 * included, keys, notices and envelopes go. No key is needed.
 */
export const closeReferralsOf: CloseReferrals = async (work, consent) => {
  const closed = await withdrawReferrals(work, consent.id);
  const subjectIds = [...closed.map((row) => row.id), ...(await takeBackSettled(work, consent.id))];
  if (subjectIds.length > 0) {
    await deleteGrants(work, { subjectIds, holderId: consent.recipientAgencyId });
    await destroyDocuments(work, subjectIds, ['envelope']);
  }
  return { closed, kept: await referralsOnLegalBasis(work, consent.caseId) };
};
