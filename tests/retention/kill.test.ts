import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { accountOf, aCaseWorker } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { anEmptyDatabase } from '../support/database.ts';
import { rowCounts } from '../support/log-book.ts';
import { openCase, sendReferral } from '../support/seed.ts';
import { killAt, start } from './killing.ts';
import { aFolder, aPlainOwner, command, placeIn } from './stage.ts';

// Commands are processes of their own, and take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });
const app = await startApp();
const folder = await aFolder();
const owner = await aPlainOwner(app);
const ownerUrl = owner.urlOf(app.database);
const worker = await aCaseWorker(app);
const sent = await sendReferral(app, worker);

it('an erasure that is killed half-way has erased nothing, wherever it was; the next one erases everything', async () => {
  const step = (username: string, args: string[]) => ({
    args: ['--case', sent.code, '--as', username, '--to', folder, ...args],
    input: `${accountOf(username).password}\n`,
  });
  await command(ownerUrl, 'cases-erase', step('an.vhxh.sontra', ['--reason', 'RETENTION_EXPIRED']));
  const before = await rowCounts(app);
  const confirming = step('thanh.vanhanh', ['--confirm']);
  for (const table of ['access_grant', 'sealed_document', 'case_file', 'audit_event_case']) {
    await killAt(app.database, table, () => start(ownerUrl, 'cases-erase', confirming));
    expect(await rowCounts(app), table).toEqual(before);
    expect(await app.database.ask('select 1 from hien.erased_case'), table).toEqual([]);
  }
  expect((await openCase(worker, sent.caseId)).id).toBe(sent.caseId);
  expect(await command(ownerUrl, 'cases-erase', confirming)).toMatchObject({ code: 0 });
  expect((await worker.get(`/api/cases/${sent.caseId}`)).status).toBe(404);
});

it('a restore that is killed half-way has restored nothing; the next one restores everything', async () => {
  await sendReferral(app, worker);
  const dumped = await command(ownerUrl, 'data-dump', { args: [join(folder, 'data'), '--keys', join(folder, 'keys')] });
  const restore = { args: [placeIn(dumped, 'data'), placeIn(dumped, 'keys')] };
  const target = await anEmptyDatabase();
  afterAll(() => target.drop());
  const targetUrl = owner.urlOf(target);
  const content = (): Promise<unknown[]> =>
    target.ask(`select (select count(*)::int from hien.staff) as staff, (select count(*)::int from hien.case_file) as cases,
      (select count(*)::int from hien.access_grant) as grants, (select count(*)::int from hien.service) as services,
      (select count(*)::int from hien.audit_event) as events, (select id::text from hien.installation) as id,
      (select tgenabled::text from pg_trigger where tgname = 'referral_step') as guard`);
  const before = await content();
  for (const table of ['staff', 'sealed_document', 'access_grant', 'blind_index']) {
    await killAt(target, table, () => start(targetUrl, 'data-restore', restore));
    expect(await content(), table).toEqual(before);
  }
  expect(await command(targetUrl, 'data-restore', restore)).toMatchObject({ code: 0 });
  const [restored] = await target.ask<{ cases: number; grants: number }>(
    'select (select count(*)::int from hien.case_file) as cases, (select count(*)::int from hien.access_grant) as grants',
  );
  const counts = await rowCounts(app);
  expect(restored).toEqual({ cases: counts['case_file'], grants: counts['access_grant'] });
});
