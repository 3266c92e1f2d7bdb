import type { Work } from '../db/work.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { AppError, invalid } from '../kernel/errors.ts';
import { deleteGrants, grantsOf, insertMembers, writeDocuments } from '../keys/index.ts';
import { colleaguesOf } from '../identity/staff.store.ts';
import { requireAssignable } from '../safeguards/index.ts';
import { isOver } from './actions.rules.ts';
import { viewReferral } from './open-referral.ts';
import type { ReferralState } from './referral-states.rules.ts';
import type { Feedback, ReferralView } from './referrals.contract.ts';
import type { ReferralsDeps } from './referrals.routes.ts';
import { moveReferral, referralRow, type Change, type ReferralRow } from './referrals.store.ts';
import { removeMembers } from './team.store.ts';

type Answering<Body> = Call<{ referralId: string }, unknown, Body>;
type Seen = Promise<Answer<ReferralView>>;

/** The desk has seen it. Posted by the client, because reading alone changes nothing. */
export async function receiveReferral(deps: ReferralsDeps, call: Answering<unknown>): Seen {
  return answer(deps, call, { to: 'received', change: { receivedAt: call.work.now } });
}

/** The desk accepts and names who serves: only they open the envelope. */
export async function acceptReferral(
  deps: ReferralsDeps,
  call: Answering<{ assigneeIds: string[]; note?: string | undefined }>,
): Seen {
  const { work, body } = call;
  const row = await runningReferral(work, call.params.referralId);
  const change = { answeredAt: work.now, receivedAt: row.receivedAt ?? work.now };
  await moveReferral(work, row, { to: 'accepted', change });
  await assign(work, row, body.assigneeIds);
  if (body.note)
    await writeFeedback(deps, work, {
      row,
      feedback: { kind: 'acceptance', reason: null, outcome: null, services: [], note: body.note },
    });
  return recorded(deps, { work, row });
}

/** The desk changes who serves. */
export async function assignReferral(deps: ReferralsDeps, call: Answering<{ assigneeIds: string[] }>): Seen {
  const { work, body } = call;
  const row = await runningReferral(work, call.params.referralId);
  if (row.state !== 'accepted' && row.state !== 'in_service') throw new AppError('STATE_CONFLICT');
  await moveReferral(work, row, { to: row.state, mayStay: true });
  await assign(work, row, body.assigneeIds);
  await removeMembers(work, row.id, body.assigneeIds);
  return recorded(deps, { work, row });
}

/** The desk declines with a reason; its key to the envelope goes at once. */
export async function declineReferral(
  deps: ReferralsDeps,
  call: Answering<{ reason: string; note?: string | undefined }>,
): Seen {
  const { work, body } = call;
  const row = await runningReferral(work, call.params.referralId);
  const feedback = {
    kind: 'decline' as const,
    reason: body.reason,
    outcome: null,
    services: [],
    note: body.note ?? null,
  };
  // The step first: of a referral that is over already there is no key left to write with, and the state is what to say.
  await moveReferral(work, row, { to: 'declined', change: { answeredAt: work.now, closedAt: work.now } });
  await writeFeedback(deps, work, { row, feedback });
  await deleteGrants(work, { subjectIds: [row.id], holderId: work.staff.agencyId });
  return recorded(deps, { work, row, reasonCode: body.reason });
}

export async function startReferral(deps: ReferralsDeps, call: Answering<unknown>): Seen {
  return answer(deps, call, { to: 'in_service' });
}

/** Closes the loop: what was done, and how it ended, for the sender. */
export async function completeReferral(
  deps: ReferralsDeps,
  call: Answering<{ outcome: string; services: string[]; note?: string | undefined }>,
): Seen {
  const { work, body } = call;
  const row = await runningReferral(work, call.params.referralId);
  await moveReferral(work, row, { to: 'completed', change: { closedAt: work.now } });
  const feedback = {
    kind: 'completion' as const,
    reason: null,
    outcome: body.outcome,
    services: body.services,
    note: body.note ?? null,
  };
  await writeFeedback(deps, work, { row, feedback });
  return recorded(deps, { work, row, reasonCode: body.outcome });
}

async function answer(
  deps: ReferralsDeps,
  call: Answering<unknown>,
  step: { to: ReferralState; change?: Change },
): Seen {
  const row = await runningReferral(call.work, call.params.referralId);
  await moveReferral(call.work, row, step);
  return recorded(deps, { work: call.work, row });
}

/** @throws AppError STATE_CONFLICT where its last day is over, whether or not the job has ended it already */
async function runningReferral(work: Work, referralId: string): Promise<ReferralRow> {
  const row = await referralRow(work, referralId);
  if (isOver(row, work.nowMs)) throw new AppError('STATE_CONFLICT');
  return row;
}

type Done = { work: Work; row: ReferralRow; reasonCode?: string };

async function recorded(deps: ReferralsDeps, { work, row, reasonCode }: Done): Seen {
  work.record({
    ownerAgencyId: row.senderAgencyId,
    caseIds: [row.caseId],
    ...(reasonCode === undefined ? {} : { reasonCode }),
  });
  return viewReferral(deps, work, row.id);
}

/** Assignees are colleagues who serve on cases; they join under the agency's grant and fall with it. */
async function assign(work: Work, row: ReferralRow, assigneeIds: readonly string[]): Promise<void> {
  const colleagues = new Set((await colleaguesOf(work)).map((person) => person.id));
  const unknown = assigneeIds.flatMap((staffId, index) =>
    colleagues.has(staffId) ? [] : [{ path: `assigneeIds.${index}`, code: 'INVALID' as const }],
  );
  if (unknown.length > 0) throw invalid(...unknown);
  await requireAssignable(work, row.id, assigneeIds);
  const grants = await grantsOf(work, row.id);
  const members = grants.flatMap((grant) =>
    assigneeIds.map((staffId) => ({
      grantId: grant.id,
      staffId,
      agencyId: work.staff.agencyId,
      subjectKind: 'referral' as const,
      subjectId: row.id,
      caseId: row.caseId,
      memberRole: 'member' as const,
      beginsAt: work.now,
      endsAt: grant.endsAt,
    })),
  );
  await insertMembers(work, members);
}

/** What the sender is told, sealed under the referral's own feedback key. */
export async function writeFeedback(
  deps: ReferralsDeps,
  work: Work,
  { row, feedback }: { row: ReferralRow; feedback: Feedback },
): Promise<void> {
  const keys = await deps.keys.subjects.open(work, row.id);
  await writeDocuments(work, keys, [
    { recordKind: 'referral', recordId: row.id, compartment: 'feedback', content: feedback },
  ]);
}
