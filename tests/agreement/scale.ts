import { randomInt } from 'node:crypto';

/** `HIEN_TEST_SCALE`: 1 is what CI runs; a developer may ask for less, a long night for more. */
const SCALE = Number(process.env['HIEN_TEST_SCALE'] ?? '1');
/** The random seed of a run that failed, to see it again. */
const REPLAYED = process.env['HIEN_TEST_SEED'];

/** So many worlds of a seed that never changes, and one of a seed that is new each time. */
export function draws(fixedAtFullScale: number): { name: string; seed: number; worlds: number }[] {
  const seed = REPLAYED === undefined ? randomInt(2 ** 31) : Number(REPLAYED);
  return [
    { name: 'fixed', seed: 20_260_701, worlds: scaled(fixedAtFullScale) },
    { name: 'random', seed, worlds: scaled(1) },
  ];
}

export const scaled = (atFullScale: number): number => Math.max(1, Math.round(atFullScale * SCALE));

/** At full scale fewer than this many triples would say that the generator has dried up. */
export const atLeast = (triples: number): number => (SCALE >= 1 ? triples : 1);
