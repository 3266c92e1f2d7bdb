import { expect, it, vi } from 'vitest';
import { coverCases } from '../../server/keys/cover-cases.ts';
import { GUARDIAN_ID } from '../../server/keys/named-principals.ts';
import { renewDue } from '../../server/keys/renewing.store.ts';
import { aCaseWorker, aColleague, supervisor } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { eventsOf } from '../support/log-book.ts';
import { done, openCase, registerCase, sendReferral } from '../support/seed.ts';
import { asKeeper, cover, makeGuardian, openByGuardian } from './guardian-stage.ts';

// More than a batch of them; and renewed keys wait until running servers must have noticed.
vi.setConfig({ testTimeout: 120_000 });
const CASES = 52;
const app = await startApp();
const worker = await aCaseWorker(app);
const colleague = await aColleague(app);
const boss = await supervisor(app);
const COLLEAGUE = 'huy.vhxh.sontra';

// An installation from before there was a guardian.
await app.database.ask(`delete from hien.principal_key where kind = 'guardian'`);
const before = await sendReferral(app, worker);
for (let n = 0; n < CASES; n += 1) await registerCase(app, worker);

const versionsHeld = () =>
  app.database.ask<{ version: number; subjects: number; grants: number }>(
    `select holder_key_version as version, count(distinct subject_id)::int as subjects, count(*)::int as grants
       from hien.access_grant where holder_kind = 'guardian' group by 1 order by 1`,
  );
const SUBJECTS = CASES + 2;
let unlock: Buffer;

it('without a guardian cases are registered as ever, and there is nothing to cover', async () => {
  expect(await versionsHeld()).toEqual([]);
  expect(await cover(app)).toBeNull();
  await expect(openByGuardian(app, { code: before.code, to: [COLLEAGUE] })).rejects.toMatchObject({
    code: 'STATE_CONFLICT',
  });
});

it('once it is made the running server grants it what is new, and a cover that is cut off is taken up again', async () => {
  const events = await eventsOf(app, async () => {
    unlock = await makeGuardian(app);
    await registerCase(app, worker);
    expect(await versionsHeld()).toEqual([{ version: 1, subjects: 1, grants: 1 }]);
    let batches = 0;
    const cutOff = asKeeper(app, (by) => {
      const append: typeof by.ports.append = (work, notes) => {
        batches += 1;
        if (batches > 1) throw new Error('cut off');
        return by.ports.append(work, notes);
      };
      return coverCases({ ...by, ports: { ...by.ports, append } });
    });
    await expect(cutOff).rejects.toThrow();
    expect(await versionsHeld()).toEqual([{ version: 1, subjects: 51, grants: 51 }]);
    expect(await cover(app)).toEqual({ covered: SUBJECTS - 50, broken: [], hasOldKeys: false });
    expect(await versionsHeld()).toEqual([{ version: 1, subjects: SUBJECTS + 1, grants: SUBJECTS + 1 }]);
    expect(await cover(app)).toEqual({ covered: 0, broken: [], hasOldKeys: false });
  });
  const told = events.filter((event) => event.action.startsWith('keys.'));
  expect(told).toMatchObject([
    { action: 'keys.guardian', reason: 'MADE', objectId: GUARDIAN_ID, actor: 'system:keys-guardian' },
    { action: 'keys.cover', count: 50, cases: [] },
    { action: 'keys.cover', count: SUBJECTS - 50, cases: [] },
  ]);
  await openByGuardian(app, { code: before.code, to: [COLLEAGUE] }, { unlock });
  expect((await openCase(colleague, before.caseId)).survivor.fullName).toBeDefined();
});

it('a case that nobody can open is named and keeps nobody else from the guardian', async () => {
  const broken = await registerCase(app, worker);
  const whole = await registerCase(app, worker);
  await app.database.ask(`delete from hien.access_grant where case_id = any ($1) and holder_kind = 'guardian'`, [
    [broken.id, whole.id],
  ]);
  await app.database.ask(`update hien.access_grant set bundle = '\\x00' where case_id = $1`, [broken.id]);
  expect(await cover(app)).toEqual({ covered: 1, broken: [`case ${broken.id}`], hasOldKeys: false });
  await app.database.ask(`delete from hien.access_grant where case_id = $1`, [broken.id]);
});

it('after data keys were renewed the guardian has the new ones and not the old ones', async () => {
  const sent = await sendReferral(app, worker);
  done(await worker.post(`/api/consents/${sent.consentId}/withdrawal`, { reason: 'NOT_STATED' }));
  await asKeeper(app, renewDue);
  const held = await app.database.ask<{ kind: string; id: string }>(
    `select subject_kind as kind, id from hien.access_grant where case_id = $1 and holder_kind = 'guardian' order by 1`,
    [sent.caseId],
  );
  expect(held.map(({ kind }) => kind)).toEqual(['case', 'referral']);
  await openByGuardian(app, { code: sent.code, to: 'agency' }, { unlock });
  await app.database.ask(
    `delete from hien.access_grant where case_id = $1 and holder_kind = 'agency' and basis_kind = 'registration'`,
    [sent.caseId],
  );
  const seen = await boss.get(`/api/cases/${sent.caseId}`, { 'access-purpose': 'supervision' });
  expect(seen.status, seen.text).toBe(200);
});

it('given new keys, it holds everything with these, and the old shares open nothing any more', async () => {
  const { code } = await registerCase(app, worker);
  const old = Buffer.from(unlock);
  const events = await eventsOf(app, async () => {
    unlock = await makeGuardian(app);
    const report = await cover(app);
    expect(report).toMatchObject({ broken: [], hasOldKeys: false });
    expect(report?.covered).toBeGreaterThan(SUBJECTS);
  });
  expect((await versionsHeld()).map(({ version }) => version)).toEqual([2]);
  expect(
    await app.database.ask(
      `select version, octet_length(wrapped_private_key) as left from hien.principal_key where kind = 'guardian' order by 1`,
    ),
  ).toEqual([
    { version: 1, left: 0 },
    { version: 2, left: 63 },
  ]);
  expect(events.filter(({ action }) => action === 'keys.guardian').map(({ reason }) => reason)).toEqual([
    'RENEWED',
    'FINISHED',
  ]);
  await expect(openByGuardian(app, { code, to: [COLLEAGUE] }, { unlock: old })).rejects.toMatchObject({
    code: 'SEAL_BROKEN',
  });
  await openByGuardian(app, { code, to: [COLLEAGUE] }, { unlock });
});
