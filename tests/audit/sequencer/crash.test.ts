import { afterAll, expect, it } from 'vitest';
import { openHead } from '../../../server/audit/log-key.ts';
import type { KeptCheckpoint } from '../../../server/audit/sequencer/kept-checkpoint.ts';
import { aDatabase } from '../../support/database.ts';
import { requireSoundLog } from './audited-tree.ts';
import { aFolder, isAllSealed, logKey, stepping, until, writeEvents } from './stage.ts';

const database = await aDatabase();
const steps = await stepping(database, await aFolder());
afterAll(() => database.drop());

const PLUG = new Error('the plug was pulled');
/** Every note that ever reached the file: what somebody may have seen, whatever became of the commit. */
const signed: string[] = [];

/** Dies before the file is written, or after it and before the commit. */
function dying(when: 'before' | 'after' | 'never'): KeptCheckpoint {
  return {
    ...steps.keeping,
    async write(note) {
      if (when === 'before') throw PLUG;
      await steps.keeping.write(note);
      signed.push(note);
      if (when === 'after') throw PLUG;
    },
  };
}

async function keptSize(): Promise<number> {
  const note = await steps.keeping.read();
  const [row] = await database.ask<{ origin: string }>('select audit_origin as origin from hien.installation');
  return note === null ? 0 : openHead(logKey(), row?.origin ?? '', note).size;
}

async function storedSize(): Promise<number> {
  const [row] = await database.ask<{ size: number }>('select count(*)::int as size from hien.audit_leaf');
  return row?.size ?? 0;
}

/** A pass that comes to its end, or dies; then the process begins anew. */
async function crash(when: 'before' | 'after'): Promise<void> {
  // Another test's transaction may hold the events up; then there is nothing to sign, and nothing to die of.
  for (let isDead = false; !isDead;)
    isDead = await steps.pass(dying(when)).then(
      () => false,
      (error: unknown) => error === PLUG || Promise.reject(error),
    );
  steps.forget();
}

it('a crash after the file and before the commit leaves a file that knows more, and the same tree is made again', async () => {
  await writeEvents(database, 5);
  await steps.seal(5);
  await writeEvents(database, 4);
  await crash('after');
  expect(await keptSize()).toBe(9);
  expect(await storedSize()).toBe(5);
  await writeEvents(database, 3);
  expect(await steps.seal(7)).toBe(7);
  expect(await keptSize()).toBe(12);
  await requireSoundLog(database);
});

it('a crash before the file leaves nothing at all', async () => {
  const before = [await keptSize(), await storedSize()];
  await writeEvents(database, 2);
  await crash('before');
  expect([await keptSize(), await storedSize()]).toEqual(before);
  expect(await steps.seal(2)).toBe(2);
});

it('whenever it dies, two different trees of one size are never signed, and each continues the one before', async () => {
  let seed = 20_261_127;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  for (let round = 0; round < 40; round += 1) {
    const count = 1 + random(40);
    await writeEvents(database, count);
    const fate = (['before', 'after', 'after', 'never'] as const)[random(4)] ?? 'never';
    if (fate !== 'never') await crash(fate);
    else await steps.pass(dying('never'));
  }
  // Another test's transaction may hold the last events up for a moment.
  await until(async () => {
    await steps.pass(dying('never'));
    return isAllSealed(database);
  });
  await requireSoundLog(database);
  const [row] = await database.ask<{ origin: string }>('select audit_origin as origin from hien.installation');
  const roots = new Map<number, string>();
  for (const note of signed) {
    const { size, root } = openHead(logKey(), row?.origin ?? '', note);
    expect(roots.get(size) ?? root.toString('hex'), `tree of ${size}`).toBe(root.toString('hex'));
    roots.set(size, root.toString('hex'));
  }
  expect(signed.length).toBeGreaterThan(20);
  process.stdout.write(`crashes: ${signed.length} heads signed, ${roots.size} sizes, no two trees of one size\n`);
});
