import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { aCaseWorker } from '../../support/actors.ts';
import { startApp } from '../../support/app.ts';
import { anEmptyDatabase } from '../../support/database.ts';
import { registerCase } from '../../support/seed.ts';
import { aPlainOwner, command, placeIn } from '../../retention/stage.ts';
import { requireSoundLog } from './audited-tree.ts';
import { aFolder, isAllSealed, leavesOf, settledOrder, stepping, until, writeEvents } from './stage.ts';

// Commands are processes of their own, and take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });
const app = await startApp({ sequences: true });
const owner = await aPlainOwner(app);
const worker = await aCaseWorker(app);
await registerCase(app, worker);
await until(() => isAllSealed(app.database));
const target = await anEmptyDatabase();
afterAll(() => target.drop());

it('a restored database goes on with the same tree in a new epoch, each event once', async () => {
  const folder = await aFolder();
  const dumped = await command(owner.urlOf(app.database), 'data-dump', {
    args: [join(folder, 'data'), '--keys', join(folder, 'keys')],
  });
  const restored = await command(owner.urlOf(target), 'data-restore', {
    args: [placeIn(dumped, 'data'), placeIn(dumped, 'keys')],
  });
  expect(restored, restored.err).toMatchObject({ code: 0 });
  expect(restored.out).toContain('audit:restart');
  const before = await leavesOf(target);
  expect(before.length).toBeGreaterThan(2);

  // Transaction ids of another cluster: far in the future of this one, and yet settled.
  await target.ask(
    `insert into hien.audit_event (id, recorded_at, occurred_at, epoch, xid, action, outcome, event)
     values (gen_random_uuid(), now(), now(), 1, '99999999999', 'case.open', 'done', '{}')`,
  );
  await writeEvents(target, 3);
  const unknown = await stepping(target, await aFolder());
  expect(await unknown.refusal()).toBe('CHECKPOINT_MISSING');

  // The old machine's folder has come along, and the old machine signed nothing since the dump.
  const [row] = await target.ask<{ note: string }>('select note from hien.audit_checkpoint order by size desc limit 1');
  const steps = await stepping(target, folder);
  await steps.keeping.write(row?.note ?? '');
  const waiting = (await settledOrder(target)).length - before.length;
  expect(await steps.seal(waiting)).toBe(waiting);
  const after = await leavesOf(target);
  expect(after.slice(0, before.length)).toEqual(before);
  expect(after.map((leaf) => leaf.id)).toEqual(await settledOrder(target));
  const [facts] = await target.ask('select audit_epoch from hien.installation');
  expect(facts).toEqual({ audit_epoch: 2 });
  await requireSoundLog(target);
});
