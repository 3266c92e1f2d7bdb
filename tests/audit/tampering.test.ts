import { generateKeyPairSync } from 'node:crypto';
import { rm } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { aTamperer } from '../support/tampering.ts';
import { KINDS, type Draw, type Sealed } from './database-tamperings.ts';
import { aSealedDatabase, addEvents, verified } from './sealed-database.ts';
import { anEvent, bytesOf } from './verifier/some-events.ts';

const FIXED_SEED = 20_261_127;
/** For each kind of deed and each seed. */
const runs = Math.max(1, Math.round(Number(process.env['HIEN_TEST_SCALE'] ?? '1') * 3));
const [EARLIER, SIZE] = [400, 700];

const made = Array.from({ length: SIZE }, (_, nth) => anEvent(nth));
const sealed = await aSealedDatabase();
const { database } = sealed;
await addEvents(database, made.slice(0, EARLIER), bytesOf);
await sealed.seal(EARLIER);
const earlier = (await sealed.export()).checkpoint;
await addEvents(database, made.slice(EARLIER), bytesOf);
await sealed.seal(SIZE - EARLIER);
const whole = await sealed.export();
const log: Sealed = {
  entries: made.map(bytesOf),
  ids: made.map(({ id }) => id),
  checkpoint: whole.checkpoint,
  forger: {
    origin: whole.origin,
    log: generateKeyPairSync('ed25519').privateKey,
    witnesses: [],
  },
};
const TABLES = ['audit_event', 'audit_event_case', 'audit_leaf', 'audit_tile', 'audit_checkpoint', 'audit_cosignature'];
const tamperer = await aTamperer({ ownerUrl: database.ownerUrl }, TABLES);
afterAll(async () => {
  await tamperer.close();
  await database.drop();
});

it('an untouched log is exported as it is sealed, holds, and continues its earlier head', () => {
  expect(whole.differences).toEqual([]);
  expect(verified(whole, [earlier])).toEqual({ codes: [], first: null, entries: { from: 0, to: SIZE } });
});

const natural = fc.nat({ max: 0x7fff_ffff });
const draws = fc.record({ a: natural, b: natural, byte: natural });
const counts = new Map<string, number>();

async function isCaught(kind: string, draw: Draw): Promise<void> {
  const deed = KINDS[kind]?.(log, draw);
  if (deed === undefined) throw new Error(kind);
  try {
    await tamperer.change(deed.sql);
    const exported = await sealed.export();
    const { codes, first } = verified(exported);
    await rm(exported.place, { recursive: true });
    if (deed.code === null) expect(codes, kind).toEqual([]);
    else expect(codes, kind).toContain(deed.code);
    if (deed.first !== undefined) expect(first, `${kind} ${codes.join()}`).toEqual(deed.first);
    const told = exported.differences.flatMap(({ index, what }) => what.map((each) => [index, each]));
    if (deed.told !== undefined) expect(told, kind).toContainEqual(deed.told);
    expect(codes.length + told.length, kind).toBeGreaterThan(0);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  } finally {
    await tamperer.undo();
  }
}

const seeds = [FIXED_SEED, Math.floor(Math.random() * 0x7fff_ffff)];

it.each(Object.keys(KINDS))(
  `what a superuser does is caught or told (seeds ${seeds.join(' and ')}): %s`,
  async (kind) => {
    const property = fc.asyncProperty(draws, (draw) => isCaught(kind, draw));
    for (const seed of seeds) await fc.assert(property, { seed, numRuns: runs, endOnFailure: true });
  },
);

it('a hundred deeds of a superuser and more were caught or told', () => {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const list = [...counts].map(([kind, count]) => `${kind} ${count}`).join(', ');
  process.stdout.write(`${total} deeds of a superuser caught: ${list}\n`);
  expect(total).toBe(Object.keys(KINDS).length * seeds.length * runs);
});

it('an earlier state that was put back whole holds by itself, and is betrayed by the head that the auditor kept', async () => {
  await tamperer.change(`delete from hien.audit_event e using hien.audit_leaf l where l.event_id = e.id and l.leaf_index >= ${EARLIER};
    delete from hien.audit_event_case k using hien.audit_leaf l where l.event_id = k.event_id and l.leaf_index >= ${EARLIER};
    delete from hien.audit_leaf where leaf_index >= ${EARLIER};
    delete from hien.audit_checkpoint where size > ${EARLIER}; delete from hien.audit_cosignature where size > ${EARLIER}`);
  const exported = await sealed.export();
  expect(exported.differences).toEqual([]);
  expect(verified(exported)).toMatchObject({ codes: [], entries: { from: 0, to: EARLIER } });
  expect(verified(exported, [whole.checkpoint])).toMatchObject({ codes: ['SMALLER'] });
  await tamperer.undo();
});
