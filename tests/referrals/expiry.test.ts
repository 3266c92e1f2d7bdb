import { expect, it } from 'vitest';
import type { CaseView } from '../../server/cases/cases.contract.ts';
import type { ReferralLine } from '../../server/referrals/referrals.contract.ts';
import { purgeExpired } from '../../server/retention/purge-expired.store.ts';
import { aCaseWorker, auditor, policeDesk, policeOfficer, stranger } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { eventsOf } from '../support/log-book.ts';
import {
  acceptReferral,
  COMPLETION,
  done,
  draftReferral,
  openCase,
  openReferral,
  sendReferral,
  type Sent,
} from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const desk = await policeDesk(app);
const officer = await policeOfficer(app);

const purge = () => purgeExpired(app.context.performer.appPorts);

/** Sent, brought as far as `go` brings it, and then its last day passes. */
async function pastReferral(go: (sent: Sent) => Promise<unknown> = async () => {}): Promise<Sent> {
  const sent = await sendReferral(app, worker, { endsOn: app.clock.day(3) });
  await go(sent);
  for (const change of [
    'referral set ends_on = ends_on - 10 where id',
    `access_grant set ends_at = ends_at - interval '10 days' where subject_id`,
    `case_member set ends_at = ends_at - interval '10 days' where subject_id`,
  ])
    await app.database.ask(`update hien.${change} = $1`, [sent.referralId]);
  return sent;
}

const step =
  (who: typeof desk, name: string, body: unknown = {}) =>
  async (sent: Sent) =>
    done(await who.post(`/api/referrals/${sent.referralId}/${name}`, body));
const accepted = (sent: Sent) => acceptReferral(desk, sent.referralId, officer);
const started = (sent: Sent) => accepted(sent).then(() => step(officer, 'start')(sent));
const completed = (sent: Sent) => accepted(sent).then(() => step(officer, 'completion', COMPLETION)(sent));

async function stateOf({ referralId }: Sent): Promise<string> {
  return (await openReferral(worker, referralId)).body.state;
}

it('whatever is past its last day and not completed expires, each with an event; what still runs does not', async () => {
  const over = [
    await pastReferral(),
    await pastReferral(step(desk, 'receipt')),
    await pastReferral(accepted),
    await pastReferral(started),
  ];
  const finished = await pastReferral(completed);
  const declined = await pastReferral(step(desk, 'decline', { reason: 'NO_CAPACITY' }));
  const running = await sendReferral(app, worker, { endsOn: app.clock.day(0) });
  const draft = await draftReferral(app, worker, { caseId: running.caseId, endsOn: app.clock.day(1) });
  const events = await eventsOf(app, purge);
  expect(await Promise.all(over.map(stateOf))).toEqual(['expired', 'expired', 'expired', 'expired']);
  expect(await Promise.all([finished, declined, running].map(stateOf))).toEqual(['completed', 'declined', 'sent']);
  expect((await openReferral(worker, draft.id)).body.state).toBe('draft');
  const told = events.filter((event) => event.action === 'referral.expire');
  expect(told.map((event) => event.objectId).toSorted()).toEqual(over.map((sent) => sent.referralId).toSorted());
  for (const event of told)
    expect(event).toMatchObject({
      actor: 'system:purge',
      agency: null,
      owner: worker.agencyId,
      cases: [over.find((sent) => sent.referralId === event.objectId)?.caseId],
      outcome: 'done',
    });
  expect(await eventsOf(app, purge)).toMatchObject([{ action: 'retention.purge', actor: 'system:purge' }]);
});

it('the sender sees it in the list, on the referral and in the timeline, and keeps what was sent', async () => {
  const { caseId, referralId } = await pastReferral(accepted);
  const before = (await openReferral(worker, referralId)).body;
  expect(before.envelope?.fields.length).toBeGreaterThan(0);
  expect(before.actions).toEqual(['recall']);
  await purge();
  const listed = await worker.get<{ items: ReferralLine[] }>('/api/referrals?box=outbox&state=expired');
  expect(listed.body.items.find((line) => line.id === referralId)).toMatchObject({ state: 'expired', caseId });
  const after = (await openReferral(worker, referralId)).body;
  expect(after).toMatchObject({ state: 'expired', actions: [], envelope: before.envelope });
  expect(after.steps.at(-1)).toEqual({ at: expect.any(String) as string, action: 'referral.expire', actor: null });
  const view: CaseView = await openCase(worker, caseId);
  expect(view.timeline[0]).toMatchObject({ action: 'referral.expire', actor: null, referralId, lane: 'us' });
  const read = await worker.get<{ items: unknown[] }>(`/api/cases/${caseId}/accesses`);
  expect(read.body.items).toContainEqual(
    expect.objectContaining({ action: 'referral.expire', actor: null, isSystem: true, outcome: 'done' }),
  );
});

it('the recipient keeps the line and nothing in it; a stranger has never heard of it', async () => {
  const { referralId } = await pastReferral(accepted);
  await purge();
  const listed = await desk.get<{ items: ReferralLine[] }>('/api/referrals?box=inbox&state=expired');
  expect(listed.body.items.find((line) => line.id === referralId)).toMatchObject({ notice: null, isMine: false });
  expect((await openReferral(desk, referralId)).body).toMatchObject({ notice: null, envelope: null, actions: [] });
  expect((await openReferral(officer, referralId)).status).toBe(404);
  expect((await openReferral(await stranger(app), referralId)).status).toBe(404);
  const left = await app.database.ask<{ holder: string }>(
    `select holder_id as holder from hien.access_grant where subject_id = $1 and holder_kind <> 'guardian'
     union all select recipient_agency_id from hien.referral where id = $1 and (recipient_notice is not null or recipient_key_version is not null)
     union all select agency_id from hien.case_member where subject_id = $1`,
    [referralId],
  );
  expect(left).toEqual([{ holder: worker.agencyId }]);
});

it('between its last day and the job that ends it, the recipient is offered nothing and can do nothing', async () => {
  const fresh = await pastReferral();
  const held = await pastReferral(accepted);
  expect((await openReferral(desk, fresh.referralId)).body).toMatchObject({ state: 'sent', notice: null, actions: [] });
  const tries = [
    await desk.post(`/api/referrals/${fresh.referralId}/receipt`, {}),
    await desk.post(`/api/referrals/${fresh.referralId}/acceptance`, { assigneeIds: [officer.staffId] }),
    await desk.post(`/api/referrals/${fresh.referralId}/decline`, { reason: 'NO_CAPACITY' }),
    await desk.post(`/api/referrals/${held.referralId}/assignment`, { assigneeIds: [officer.staffId] }),
  ];
  expect(tries.map((reply) => reply.problem.code)).toEqual(tries.map(() => 'STATE_CONFLICT'));
  // Whom the desk assigned is off the referral by the database's own clock.
  for (const name of ['start', 'completion'])
    expect((await officer.post(`/api/referrals/${held.referralId}/${name}`, COMPLETION)).status).toBe(404);
  expect((await worker.post(`/api/referrals/${held.referralId}/recall`, { reason: 'SAFETY' })).status).toBe(200);
  await purge();
  expect(await stateOf(held)).toBe('recalled');
  expect(await stateOf(fresh)).toBe('expired');
});

it('an auditor reads that the system did it, in which case and whose', async () => {
  const { code } = await pastReferral();
  await purge();
  const reader = await auditor(app);
  const found = await reader.get<{ items: Record<string, unknown>[] }>(`/api/audit/events?case=${code}`);
  expect(found.body.items.find((line) => line['action'] === 'referral.expire')).toMatchObject({
    actor: null,
    job: 'purge',
    caseCode: code,
    ownerAgency: { id: worker.agencyId },
    objectKind: 'referral',
  });
  expect(found.body.items.find((line) => line['action'] === 'case.register')).toMatchObject({ job: null });
});

it('more than one batch of them goes in one run, and one that is just being answered is left for the next', async () => {
  await purge();
  const { referralId } = await pastReferral();
  await app.database.ask(`set session_replication_role = replica`);
  await app.database.ask(
    `insert into hien.referral (id, case_id, sender_agency_id, recipient_agency_id, state, priority, ends_on, created_by, created_at, sent_at)
     select gen_random_uuid(), case_id, sender_agency_id, recipient_agency_id, 'sent', priority, ends_on, created_by, created_at, sent_at
       from hien.referral, generate_series(1, 120) where id = $1`,
    [referralId],
  );
  await app.database.ask(`set session_replication_role = origin`);
  await app.database.ask('begin');
  await app.database.ask('select 1 from hien.referral where id = $1 for update', [referralId]);
  expect((await purge()).expired).toBe(120);
  await app.database.ask('commit');
  expect((await purge()).expired).toBe(1);
});
