import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Seal } from '../../../server/audit/audit.contract.ts';
import { keyringPlace, openCustodian } from '../../../server/keys/open-custodian.ts';
import { run } from '../../commands/run.ts';
import { aCaseWorker, auditor } from '../../support/actors.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { aDatabase } from '../../support/database.ts';
import { aClient } from '../../support/http.ts';
import { eventsAfter } from '../../support/log-book.ts';
import { done, registerCase } from '../../support/seed.ts';
import { requireSoundLog } from './audited-tree.ts';
import { aFolder, isAllSealed, stepping, until, writeEvents } from './stage.ts';

type Ready = { status: string; audit: boolean; auditReason?: string; mergeDelayMs?: number };

const sealing = await startApp({ sequences: true });
const unsealed = await startApp();
const behindProxy = await startApp({ config: { isProxyTrusted: true } });

async function ready(app: TestApp, headers = {}): Promise<{ status: number; body: Ready }> {
  const { status, body } = await aClient(app.url).get<Ready>('/readyz', headers);
  return { status, body };
}

it('while deeds are sealed in time, readiness says so, and how long they take', async () => {
  await registerCase(sealing, await aCaseWorker(sealing));
  await until(() => isAllSealed(sealing.database));
  const { status, body } = await ready(sealing);
  expect([status, body.audit]).toEqual([200, true]);
  expect(body).not.toHaveProperty('auditReason');
  expect(body.mergeDelayMs).toBeLessThan(10_000);
});

it('a deed that waits for longer than half a minute raises the alarm, and nobody is turned away for it', async () => {
  await registerCase(unsealed, await aCaseWorker(unsealed));
  const before = await ready(unsealed);
  expect(before.body.audit).toBe(true);
  await unsealed.database.ask(
    `insert into hien.audit_event (id, recorded_at, occurred_at, epoch, action, outcome, event)
     values (gen_random_uuid(), now() - interval '31 seconds', now(), 1, 'case.open', 'done', '{}')`,
  );
  await until(async () => !(await ready(unsealed)).body.audit);
  const { status, body } = await ready(unsealed);
  expect(body).toMatchObject({ status: 'ready', audit: false, auditReason: 'DELAYED' });
  expect(body.mergeDelayMs).toBeGreaterThan(30_000);
  expect(status).toBe(200);
});

it('how busy the log is, is told on this machine only', async () => {
  expect((await ready(behindProxy)).body).toHaveProperty('mergeDelayMs');
  expect((await ready(behindProxy, { 'x-forwarded-for': '203.0.113.7' })).body).not.toHaveProperty('mergeDelayMs');
});

it('who leads leaves a heartbeat, in the name of the sequencer and of no person', async () => {
  const beats = (await eventsAfter(sealing)).filter((event) => event.action === 'audit.heartbeat');
  expect(beats.length).toBeGreaterThan(0);
  for (const beat of beats)
    expect(beat).toMatchObject({ actor: 'system:sequencer', agency: null, outcome: 'done', cases: [], session: null });
  expect((await eventsAfter(unsealed)).filter((event) => event.action === 'audit.heartbeat')).toEqual([]);
});

it('an older database is served and written to, not signed, and goes on under a new name when the operator says so', async () => {
  // What was signed on a database that is gone, beside one that was restored from before.
  const gone = await aDatabase();
  const place = await aFolder();
  const past = await stepping(gone, place);
  await writeEvents(gone, 500);
  await past.seal(500);
  await gone.drop();
  const database = await aDatabase();
  const app = await startApp({ database, sequences: true, config: {} });
  const { folder } = app.context.config.audit;
  await app.close();
  await mkdir(folder, { recursive: true });
  await copyFile(join(place, 'checkpoint'), join(folder, 'checkpoint'));
  const restored = await startApp({ database, sequences: true });
  await until(async () => (await ready(restored)).body.auditReason === 'DATABASE_OLDER');
  const { status, body } = await ready(restored);
  expect([status, body.status, body.audit]).toEqual([200, 'ready', false]);
  await registerCase(restored, await aCaseWorker(restored));
  expect(restored.logs().match(/audit\.not_signed/g)).toHaveLength(1);

  const keyring = keyringPlace(place, { file: undefined, passphraseFile: undefined });
  (await openCustodian(keyring, true)).close();
  const env = {
    DATABASE_OWNER_URL: database.ownerUrl,
    HIEN_AUDIT_FOLDER: folder,
    HIEN_KEYRING: keyring.file,
    HIEN_KEYRING_PASSPHRASE_FILE: keyring.passphraseFile,
  };
  expect(await run('commands/audit-restart.command', { env })).toMatchObject({ code: 2 });
  const ran = await run('commands/audit-restart.command', { args: ['--new-log'], env });
  expect(ran, ran.err).toMatchObject({ code: 0 });
  expect(ran.out).toMatch(
    /The log hien\.invalid\/[0-9a-f]{16} has ended\.[^]*hien\.invalid\/[0-9a-f]{16}\/2\+[0-9a-f]{8}\+/,
  );
  expect((await readdir(folder)).some((name) => name.startsWith('checkpoint.ended-'))).toBe(true);

  await until(async () => (await ready(restored)).body.audit && (await isAllSealed(database)));
  const events = await eventsAfter(restored);
  expect(events.filter((event) => event.action === 'audit.restart').map((event) => event.actor)).toEqual([
    'system:audit-restart',
  ]);
  const seal = done<Seal>(await (await auditor(restored)).get<Seal>('/api/audit/seal'));
  expect(seal.origin).toMatch(/\/2$/);
  await until(() => isAllSealed(database));
  await restored.close();
  await requireSoundLog(database);
  await database.drop();
});
