import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fourWeeks } from '../../client/features/audit/four-weeks.ts';
import {
  cellAfter,
  countAt,
  heatLevel,
  HOURS,
  nightCount,
  peakOf,
  WEEKDAYS,
  type HeatRows,
} from '../../client/features/audit/heat.ts';

const nothing: HeatRows = WEEKDAYS.map(() => HOURS.map(() => 0));
const anyWeek = fc.array(fc.array(fc.nat(500), { minLength: 24, maxLength: 24 }), { minLength: 7, maxLength: 7 });
const anyCell = fc.record({ weekday: fc.integer({ min: 1, max: 7 }), hour: fc.integer({ min: 0, max: 23 }) });

function withCounts(counts: Record<string, number>): HeatRows {
  return WEEKDAYS.map((weekday) => HOURS.map((hour) => counts[`${weekday}-${hour}`] ?? 0));
}

describe('the colour of a cell', () => {
  test('is one of five steps, none for nothing and the deepest for the most', () => {
    expect(heatLevel(0, 90)).toBe(0);
    expect(heatLevel(90, 90)).toBe(4);
    expect(heatLevel(1, 90)).toBe(1);
    expect(heatLevel(0, 0)).toBe(0);
  });

  test('never grows paler as the count grows, and anything at all shows', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), fc.integer({ min: 1, max: 5000 }), (a, b, most) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(heatLevel(less, most)).toBeLessThanOrEqual(heatLevel(more, most));
        if (more > 0) expect(heatLevel(more, most)).toBeGreaterThan(0);
      }),
    );
  });
});

describe('the words around the map', () => {
  test('name the busiest hour, the earliest of several', () => {
    expect(peakOf(withCounts({ '3-9': 7, '5-14': 7, '1-2': 3 }))).toEqual({ weekday: 3, hour: 9 });
    expect(peakOf(nothing)).toEqual({ weekday: 1, hour: 0 });
  });

  test('count the night from 22 to 6 and not an hour more', () => {
    expect(nightCount(withCounts({ '1-22': 1, '1-23': 2, '2-0': 4, '2-5': 8, '2-6': 100, '7-21': 100 }))).toBe(15);
  });

  test('agree with the table: the peak is the most of all cells', () => {
    fc.assert(fc.property(anyWeek, (rows) => void expect(countAt(rows, peakOf(rows))).toBe(Math.max(...rows.flat()))));
  });
});

describe('the arrow keys', () => {
  const at = { weekday: 3, hour: 9 };

  test('follow the eye: hours beside each other on a desk, below each other on a phone', () => {
    expect(cellAfter(at, 'ArrowRight', false)).toEqual({ weekday: 3, hour: 10 });
    expect(cellAfter(at, 'ArrowDown', false)).toEqual({ weekday: 4, hour: 9 });
    expect(cellAfter(at, 'ArrowRight', true)).toEqual({ weekday: 4, hour: 9 });
    expect(cellAfter(at, 'ArrowDown', true)).toEqual({ weekday: 3, hour: 10 });
    expect(cellAfter(at, 'Home', false)).toEqual({ weekday: 3, hour: 0 });
    expect(cellAfter(at, 'End', true)).toEqual({ weekday: 7, hour: 9 });
    expect(cellAfter(at, 'Tab', false)).toBeNull();
    expect(cellAfter(at, 'constructor', false)).toBeNull();
  });

  test('never leave the week', () => {
    const anyKey = fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End');
    fc.assert(
      fc.property(anyCell, fc.array(anyKey, { maxLength: 60 }), fc.boolean(), (start, keys, isUpright) => {
        const end = keys.reduce((cell, key) => cellAfter(cell, key, isUpright) ?? cell, start);
        expect(WEEKDAYS).toContain(end.weekday);
        expect(HOURS).toContain(end.hour);
      }),
    );
  });
});

test('four weeks are 28 whole days of Viet Nam, today included', () => {
  const weeks = fourWeeks(Date.parse('2026-11-27T20:00:00Z'));
  expect(weeks).toEqual({
    first: '2026-11-01',
    last: '2026-11-28',
    from: '2026-10-31T17:00:00.000Z',
    to: '2026-11-28T17:00:00.000Z',
  });
});
