import { describe, expect, test } from 'vitest';
import { checkedSince, stateOfDay, stateOfSeal } from '../../client/features/audit/seal.ts';

const day = (events: number, sealed: number, broken = 0) => ({
  ...{ day: '2026-11-27', events, sealed, broken },
  checkedAt: null as string | null,
});
const checkpoint = { size: 3, root: '', signedAt: '2026-11-27T00:00:00Z' };

describe('a day of the log', () => {
  test('is whole when every line is sealed, and waits while one is not', () => {
    expect(stateOfDay(day(5, 5))).toBe('sealed');
    expect(stateOfDay(day(5, 4))).toBe('waiting');
    expect(stateOfDay(day(0, 0))).toBe('empty');
  });

  test('is broken by a single line, however many are sound, also when all its lines are gone', () => {
    expect(stateOfDay(day(5000, 5000, 1))).toBe('broken');
    expect(stateOfDay(day(0, 0, 3))).toBe('broken');
  });
});

describe('the log', () => {
  test('is called whole only with a seal and without a broken day', () => {
    expect(stateOfSeal({ checkpoint, days: [day(5, 5), day(0, 0), day(3, 2)] })).toBe('whole');
    expect(stateOfSeal({ checkpoint: null, days: [day(5, 0)] })).toBe('none');
    expect(stateOfSeal({ checkpoint, days: [day(5, 5, 1), day(3, 3)] })).toBe('broken');
    expect(stateOfSeal({ checkpoint: null, days: [day(5, 5, 1)] })).toBe('broken');
  });
});

test('the days are checked since the oldest of their checks; a day without lines needs none', () => {
  const at = (checkedAt: string | null) => ({ ...day(1, 1), checkedAt });
  const [older, newer] = ['2026-11-26T23:00:00.000Z', '2026-11-27T01:00:00.000Z'];
  expect(checkedSince([at(null), at(newer), at(older)])).toBe(older);
  expect(checkedSince([at(null)])).toBeNull();
});
