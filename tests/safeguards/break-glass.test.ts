import { expect, it } from 'vitest';
import type { BreakGlassView } from '../../server/safeguards/safeguards.contract.ts';
import {
  aCaseWorker,
  aColleague,
  agencyAdmin,
  coordinator,
  policeDesk,
  signIn,
  stranger,
  supervisor,
  type Person,
} from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { canary, foundIn } from '../support/canary.ts';
import { caseWithout } from '../support/conflicts.ts';
import { eventsOf } from '../support/log-book.ts';
import { done, openCase, registerCase, sendReferral, type Registered } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const huy = await aColleague(app);
const desk = await signIn(app, 'nhung.vhxh.sontra');
const boss = await supervisor(app);

type Given = { named: string; password?: string; minutes?: number; reasonText?: string };

function ask(who: Person, { named, ...changes }: Given) {
  return who.post<BreakGlassView>(`/api/cases/${named}/break-glass`, {
    reasonCode: 'LIFE_DANGER',
    reasonText: canary('Chồng đang phá cửa '),
    password: who.password,
    ...changes,
  });
}
async function box(who: Person, name: 'told' | 'mine'): Promise<BreakGlassView[]> {
  return done<{ items: BreakGlassView[] }>(await who.get(`/api/break-glass?box=${name}`)).items;
}
const review = (who: Person, id: string, note?: string) =>
  who.post<BreakGlassView>(`/api/break-glass/${id}/review`, {
    verdict: 'justified',
    ...(note === undefined ? {} : { note }),
  });
/** Lets time pass for everything about a use of break-glass, as the database's own clock will. */
async function age(id: string, interval: string): Promise<void> {
  await app.database.ask(
    `update hien.break_glass set opened_at = opened_at - $2::interval, ends_at = ends_at - $2::interval,
       review_due_at = review_due_at - $2::interval where id = $1`,
    [id, interval],
  );
  await app.database.ask(
    `update hien.case_member m set ends_at = m.ends_at - $2::interval from hien.break_glass b
      where b.id = $1 and m.case_id = b.case_id and m.staff_id = b.staff_id and m.ends_at is not null`,
    [id, interval],
  );
}
/** Somebody else's old use must not stand in the way of the next test. */
async function settled(id: string): Promise<void> {
  expect((await review(boss, id)).status).toBe(200);
}
const sees = async (who: Person, made: Registered) => (await who.get(`/api/cases/${made.id}`)).status;

it('an emergency opens one case by its code, for a short time, to somebody who was outside its team', async () => {
  const made = await registerCase(app, worker);
  const neighbour = await registerCase(app, worker);
  expect([await sees(huy, made), await sees(huy, neighbour)]).toEqual([404, 404]);
  const from = Date.now();
  const reasonText = canary('Đang bị giữ trong nhà ');
  const reply = await ask(huy, { named: made.code.toLowerCase().replace('-', ' '), minutes: 15, reasonText });
  expect(reply.status).toBe(201);
  expect(reply.body).toMatchObject({
    caseId: made.id,
    caseCode: made.code,
    staffName: 'Trần Quốc Huy',
    agencyId: huy.agencyId,
    reasonCode: 'LIFE_DANGER',
    reasonText,
    review: null,
    isMine: true,
    mayReview: false,
  });
  const minutes = (Date.parse(reply.body.endsAt) - Date.parse(reply.body.openedAt)) / 60_000;
  expect(minutes).toBe(15);
  expect(Date.parse(reply.body.reviewDueAt) - Date.parse(reply.body.openedAt)).toBe(72 * 3_600_000);
  expect(Math.abs(Date.parse(reply.body.openedAt) - from)).toBeLessThan(60_000);
  expect([await sees(huy, made), await sees(huy, neighbour)]).toEqual([200, 404]);
  expect((await openCase(huy, made.id)).team.map((member) => member.id)).toContain(huy.staffId);
  await settled(reply.body.id);
});

it('it ends by itself, with no job running, and leaves nothing behind', async () => {
  const made = await registerCase(app, worker);
  const { id, endsAt, openedAt } = done<BreakGlassView>(await ask(huy, { named: made.id }), 201);
  expect(Date.parse(endsAt) - Date.parse(openedAt)).toBe(60 * 60_000);
  await age(id, '59 minutes');
  expect(await sees(huy, made)).toBe(200);
  await age(id, '61 seconds');
  expect(await sees(huy, made)).toBe(404);
  expect((await huy.get(`/api/cases/${made.id}/accesses`)).status).toBe(404);
  const list = await huy.get<{ items: { id: string }[] }>('/api/cases');
  expect(list.body.items.map((item) => item.id)).not.toContain(made.id);
  const again = done<BreakGlassView>(await ask(huy, { named: made.id, minutes: 15 }), 201);
  expect(await sees(huy, made)).toBe(200);
  for (const use of [id, again.id]) await settled(use);
});

it('the supervisor and the lead are told at once; others of the office, and other agencies, are not', async () => {
  const made = await registerCase(app, worker);
  const { id } = done<BreakGlassView>(await ask(huy, { named: made.id }), 201);
  const about = async (who: Person, name: 'told' | 'mine' = 'told') =>
    (await box(who, name)).find((use) => use.id === id);
  expect(await about(boss)).toMatchObject({ staffName: 'Trần Quốc Huy', isMine: false, mayReview: true });
  expect(await about(worker)).toMatchObject({
    mayReview: false,
    reasonText: expect.stringContaining('Chồng') as string,
  });
  expect(await about(huy, 'mine')).toMatchObject({ isMine: true, mayReview: false });
  expect(await about(huy)).toBeUndefined();
  expect(await about(desk)).toBeUndefined();
  for (const who of [await stranger(app), await policeDesk(app), await signIn(app, 'tuan.vhxh.anhai')])
    expect(await about(who)).toBeUndefined();
  await settled(id);
});

it('a supervisor reviews it, once, and never her own', async () => {
  const made = await registerCase(app, worker);
  const { id } = done<BreakGlassView>(await ask(huy, { named: made.id }), 201);
  const own = done<BreakGlassView>(await ask(boss, { named: made.id }), 201);
  for (const who of [huy, worker, desk, await signIn(app, 'tuan.vhxh.anhai')])
    expect((await review(who, id)).status, who.username).toBeGreaterThanOrEqual(403);
  expect((await review(boss, own.id)).problem.code).toBe('NOT_ALLOWED');
  const note = canary('Việc mở là cần thiết ');
  const [event] = await eventsOf(app, async () => {
    const reply = await review(boss, id, note);
    expect(reply.body.review).toEqual({
      verdict: 'justified',
      reviewedAt: expect.any(String) as string,
      reviewerName: 'Nguyễn Hoài Ân',
      note,
    });
    expect(reply.body.mayReview).toBe(false);
  });
  expect(event).toMatchObject({
    action: 'break_glass.review',
    outcome: 'done',
    objectId: id,
    cases: [made.id],
    reason: 'justified',
  });
  expect((await review(boss, id)).problem.code).toBe('STATE_CONFLICT');
  expect((await box(huy, 'mine')).find((use) => use.id === id)?.review?.note).toBe(note);
});

it('past 72 hours without a review, the person cannot use it again until somebody has reviewed it', async () => {
  const made = await registerCase(app, worker);
  const next = await registerCase(app, worker);
  const { id } = done<BreakGlassView>(await ask(huy, { named: made.id }), 201);
  await age(id, '71 hours 59 minutes');
  const second = done<BreakGlassView>(await ask(huy, { named: next.id }), 201);
  await age(second.id, '1 hour');
  await age(id, '2 minutes');
  const blocked = await ask(huy, { named: next.id });
  expect(blocked.problem).toMatchObject({ status: 409, code: 'BREAK_GLASS_REVIEW_OVERDUE' });
  expect(await sees(huy, next)).toBe(404);
  const other = done<BreakGlassView>(await ask(desk, { named: next.id }), 201);
  await settled(id);
  const third = done<BreakGlassView>(await ask(huy, { named: next.id }), 201);
  for (const use of [second.id, other.id, third.id]) await settled(use);
});

it('without the password nothing opens, and the try stands in the log of the case', async () => {
  const made = await registerCase(app, worker);
  const [event] = await eventsOf(app, async () => {
    const reply = await ask(huy, { named: made.id, password: worker.password });
    expect(reply.problem.code).toBe('SIGN_IN_FAILED');
  });
  expect(event).toMatchObject({
    action: 'break_glass.open',
    outcome: 'refused',
    reason: 'SIGN_IN_FAILED',
    cases: [made.id],
  });
  expect(await sees(huy, made)).toBe(404);
  expect((await box(huy, 'mine')).some((use) => use.caseId === made.id)).toBe(false);
});

it('the event holds the code and a commitment to the reason; the words lie sealed, and open for the agency alone', async () => {
  const made = await registerCase(app, worker);
  const reasonText = canary('Cháu gọi cầu cứu ');
  let id = '';
  const [event] = await eventsOf(app, async () => {
    ({ id } = done<BreakGlassView>(await ask(huy, { named: made.id, reasonText }), 201));
  });
  expect(event).toMatchObject({
    action: 'break_glass.open',
    outcome: 'done',
    objectKind: 'case',
    objectId: made.id,
    owner: huy.agencyId,
    cases: [made.id],
    purpose: 'emergency',
    policies: ['safeguard.break_glass_opens'],
    reason: expect.stringMatching(/^LIFE_DANGER:[\w-]{43}$/) as string,
  });
  const rows = await app.database.ask(
    `select *, encode(sealed_reason, 'escape') as shown from hien.break_glass where id = $1`,
    [id],
  );
  expect(foundIn(Buffer.from(JSON.stringify([rows, event])), [reasonText])).toEqual([]);
  await settled(id);
});

it('whoever is barred breaks no glass: the same answer as for a case that does not exist', async () => {
  const made = await caseWithout(app, worker, [huy.staffId, boss.staffId]);
  for (const who of [huy, boss])
    for (const named of [made.id, made.code]) {
      const barred = await ask(who, { named });
      const none = await ask(who, { named: named === made.id ? crypto.randomUUID() : 'ZZZZ-9999' });
      expect([barred.status, barred.problem.code, Object.keys(barred.problem)]).toEqual([
        404,
        'NOT_FOUND',
        Object.keys(none.problem),
      ]);
      expect(none.status).toBe(404);
    }
  const { id } = done<BreakGlassView>(await ask(desk, { named: made.id }), 201);
  expect((await box(boss, 'told')).some((use) => use.id === id)).toBe(false);
  expect((await review(boss, id)).problem.code).toBe('NOT_FOUND');
});

it('a bar that comes later ends an emergency access, and takes its trace from the barred person', async () => {
  const made = await registerCase(app, worker);
  const { id } = done<BreakGlassView>(await ask(huy, { named: made.id }), 201);
  await worker.patch(`/api/cases/${made.id}`, { exclusions: [huy.staffId] }, { 'if-match': '"1"' });
  expect(await sees(huy, made)).toBe(404);
  expect((await box(huy, 'mine')).some((use) => use.id === id)).toBe(false);
  await settled(id);
});

it('not for the team itself, not for partners, not for who has no work with cases', async () => {
  const { caseId, code } = await sendReferral(app, worker);
  expect((await ask(worker, { named: caseId })).problem.code).toBe('NOT_ALLOWED');
  for (const who of [await stranger(app), await policeDesk(app), await coordinator(app), await agencyAdmin(app)])
    for (const named of [caseId, code]) {
      const reply = await ask(who, { named });
      expect(reply.problem.code, who.username).toBe('NOT_FOUND');
    }
  expect(
    (
      await huy.post(`/api/cases/${caseId}/break-glass`, {
        reasonCode: 'LIFE_DANGER',
        reasonText: 'ngắn',
        password: 'x',
      })
    ).problem,
  ).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'reasonText', code: 'TOO_SHORT' }] });
  for (const minutes of [61, 59, 0])
    expect((await ask(huy, { named: caseId, minutes })).problem, String(minutes)).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ path: 'minutes' }],
    });
});
