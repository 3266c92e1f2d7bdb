import { expect, it } from 'vitest';
import type { BreakGlassView } from '../../server/safeguards/safeguards.contract.ts';
import { aCaseWorker, aColleague, signIn, stranger, supervisor, type Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { canary } from '../support/canary.ts';
import { eventsOf } from '../support/log-book.ts';
import { done, openCase, registerCase, type Registered } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const huy = await aColleague(app);
const desk = await signIn(app, 'nhung.vhxh.sontra');
const boss = await supervisor(app);

async function opened(who: Person, made: Registered): Promise<BreakGlassView> {
  const reasonText = canary('Cần gọi ngay ');
  const body = { reasonCode: 'LIFE_DANGER', reasonText, password: who.password, minutes: 30 };
  return done<BreakGlassView>(await who.post(`/api/cases/${made.id}/break-glass`, body), 201);
}
const end = (who: Person, id: string) => who.post<BreakGlassView>(`/api/break-glass/${id}/end`, {});
const sees = async (who: Person, made: Registered) => (await who.get(`/api/cases/${made.id}`)).status;

it('whoever opened a case in an emergency closes it early; it is reviewed all the same', async () => {
  const made = await registerCase(app, worker);
  const use = await opened(huy, made);
  expect(await sees(huy, made)).toBe(200);
  const [event] = await eventsOf(app, async () => {
    const reply = await end(huy, use.id);
    expect(reply.status, reply.text).toBe(200);
    expect(reply.body).toMatchObject({ id: use.id, isMine: true, review: null, reviewDueAt: use.reviewDueAt });
    expect(Date.parse(reply.body.endsAt)).toBeLessThan(Date.parse(use.endsAt));
  });
  expect(event).toMatchObject({
    action: 'break_glass.end',
    outcome: 'done',
    objectKind: 'break_glass',
    objectId: use.id,
    cases: [made.id],
    owner: huy.agencyId,
    policies: ['safeguard.break_glass_ended'],
  });
  expect(await sees(huy, made)).toBe(404);
  expect((await openCase(worker, made.id)).team.map((member) => member.id)).not.toContain(huy.staffId);
  expect((await openCase(worker, made.id)).timeline[0]).toMatchObject({ action: 'break_glass.end' });
  expect((await end(huy, use.id)).problem.code).toBe('STATE_CONFLICT');
  const verdict = { verdict: 'justified' };
  expect((await boss.post(`/api/break-glass/${use.id}/review`, verdict)).status).toBe(200);
});

it('nobody ends it for somebody else, and to strangers it does not exist', async () => {
  const made = await registerCase(app, worker);
  const use = await opened(huy, made);
  for (const who of [worker, desk, boss]) expect([403, 404]).toContain((await end(who, use.id)).status);
  expect((await end(await stranger(app), use.id)).problem.code).toBe('NOT_FOUND');
  const none = await end(huy, crypto.randomUUID());
  expect(none.problem.code).toBe('NOT_FOUND');
  expect(await sees(huy, made)).toBe(200);
  done(await end(huy, use.id));
});

it('who was taken into the team meanwhile stays in it', async () => {
  const made = await registerCase(app, worker);
  const use = await opened(desk, made);
  await app.database.ask('update hien.case_member set ends_at = null where case_id = $1 and staff_id = $2', [
    made.id,
    desk.staffId,
  ]);
  done(await end(desk, use.id));
  expect(await sees(desk, made)).toBe(200);
});

it('who is barred meanwhile has nothing left to end', async () => {
  const made = await registerCase(app, worker);
  const use = await opened(huy, made);
  const barred = await worker.patch(`/api/cases/${made.id}`, { exclusions: [huy.staffId] }, { 'if-match': '"1"' });
  expect(barred.status).toBe(200);
  expect((await end(huy, use.id)).problem.code).toBe('NOT_FOUND');
  const [row] = await app.database.ask<{ same: boolean }>(
    `select date_trunc('milliseconds', ends_at) = $2::timestamptz as same from hien.break_glass where id = $1`,
    [use.id, use.endsAt],
  );
  expect(row?.same).toBe(true);
});
