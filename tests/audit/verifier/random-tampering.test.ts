import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { aFolder, exportOf, someSigners, verified } from './log-folder.ts';
import { someEntries } from './some-events.ts';
import { kindsOf, type Draw, type Log } from './tamperings.ts';

const FIXED_SEED = 20_261_127;
/** For each kind of tampering and each seed. */
const runs = Math.max(3, Math.round(Number(process.env['HIEN_TEST_SCALE'] ?? '1') * 30));

const signers = someSigners();
const entries = someEntries(700);
const log: Log = { signers, entries, files: exportOf(signers, entries) };
const kinds = kindsOf(someSigners());
const folder = aFolder();
afterAll(() => folder.remove());

const natural = fc.nat({ max: 0x7fff_ffff });
const draws = fc.record({ a: natural, b: natural, byte: natural, flip: natural });

/** Any byte of a checkpoint may break its form, or hit a name instead of a signature. */
const OF_CHECKPOINT: readonly string[] = ['SIGNATURE_BAD', 'SIGNATURE_MISSING', 'MALFORMED', 'QUORUM'];

it('an export that nobody touched holds', () => {
  folder.put(log.files);
  const { codes, entries: span, remarks } = verified(folder.place, signers);
  expect({ codes, span, remarks }).toEqual({ codes: [], span: { from: 0, to: 700 }, remarks: [] });
});

const counts = new Map<string, number>();

function isCaught(kind: string, draw: Draw): void {
  const tampered = kinds[kind]?.(log, draw);
  if (tampered === undefined) throw new Error(kind);
  folder.put(tampered.files);
  const { codes, doubts } = verified(folder.place, signers);
  const expected = kind === 'editCheckpoint' ? OF_CHECKPOINT : [tampered.code];
  expect(codes.filter((code) => expected.includes(code)).length, `${kind} ${codes.join()}`).toBeGreaterThan(0);
  if (tampered.first !== undefined) expect(doubts.first, `${kind} ${codes.join()}`).toEqual(tampered.first);
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
}

const seeds = [FIXED_SEED, Math.floor(Math.random() * 0x7fff_ffff)];

it.each(Object.keys(kinds))(
  `tampering is caught, and its first bad index named (seeds ${seeds.join(' and ')}): %s`,
  (kind) => {
    const property = fc.property(draws, (draw) => isCaught(kind, draw));
    for (const seed of seeds) fc.assert(property, { seed, numRuns: runs });
  },
  300_000,
);

it('a thousand tamperings and more were caught', () => {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const list = [...counts].map(([kind, count]) => `${kind} ${count}`).join(', ');
  process.stdout.write(`${total} tamperings caught: ${list}\n`);
  expect(total).toBe(Object.keys(kinds).length * seeds.length * runs);
});
