import { describe, expect, test } from 'vitest';
import { auditFaultsOf, auditPath, noFilter, READS } from '../../client/features/audit/audit-filter.ts';
import { recentMonths, stretchOf, stretchOfDays } from '../../client/features/audit/periods.ts';
import { folded, matches } from '../../client/ui/folded.ts';

const nowMs = Date.parse('2027-01-15T03:00:00+07:00');

describe('a period', () => {
  test('of a month begins and ends at midnight in Viet Nam', () => {
    expect(stretchOf('2026-12', nowMs)).toEqual({ from: '2026-11-30T17:00:00.000Z', to: '2026-12-31T17:00:00.000Z' });
  });

  test('of days contains its last day', () => {
    expect(stretchOfDays('2026-03-01', '2026-03-01')).toEqual({
      from: '2026-02-28T17:00:00.000Z',
      to: '2026-03-01T17:00:00.000Z',
    });
    expect(stretchOfDays(null, null)).toEqual({});
  });

  test('is all of time where none is chosen, and ends now for the last days', () => {
    expect(stretchOf('', nowMs)).toEqual({});
    expect(stretchOf('week', nowMs)).toEqual({ from: '2027-01-07T20:00:00.000Z' });
  });

  test('offers the month of today in Viet Nam first, and goes back over the year', () => {
    expect(recentMonths(Date.parse('2026-12-31T20:00:00Z'), 3)).toEqual(['2027-01', '2026-12', '2026-11']);
  });
});

describe('a search', () => {
  test('asks only for what was filled in', () => {
    expect(auditPath(noFilter, nowMs)).toBe('/api/audit/events?');
    expect(auditPath({ ...noFilter, case: ' k7mq-2rxa ', period: '2026-03' }, nowMs)).toBe(
      '/api/audit/events?case=K7MQ-2RXA&from=2026-02-28T17%3A00%3A00.000Z&to=2026-03-31T17%3A00%3A00.000Z',
    );
  });

  test('asks for readings, for an hour of the week, and for a stretch to the second', () => {
    const exact = '2026-11-01T00:00:00.000Z/2026-11-01T01:00:00.000Z';
    const asked = auditPath({ ...noFilter, action: READS, slot: '3-9', period: 'exact', exact }, nowMs);
    expect(Object.fromEntries(new URLSearchParams(asked.split('?')[1]))).toEqual({
      reads: 'true',
      weekday: '3',
      hour: '9',
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-01T01:00:00.000Z',
    });
  });

  test('says which day is none, and takes an empty one for an open end', () => {
    const custom = { ...noFilter, period: 'custom', from: { day: '31', month: '2', year: '2026' } };
    expect(auditFaultsOf(custom)).toEqual({ from: 'unreal' });
    expect(auditFaultsOf({ ...custom, from: noFilter.from })).toEqual({});
    expect(auditFaultsOf({ ...custom, period: 'week' })).toEqual({});
  });
});

describe('a name', () => {
  test('is found without its marks, by the beginnings of its words in any order', () => {
    expect(folded('  Đặng  Thị Hồng ')).toBe('dang thi hong');
    expect(matches('Nguyễn Thị Lan (Phòng Văn hoá – Xã hội)', 'lan nguyen')).toBe(true);
    expect(matches('Nguyễn Thị Lan (Phòng Văn hoá – Xã hội)', 'van hoa lan')).toBe(true);
    expect(matches('Nguyễn Thị Lan', 'an')).toBe(false);
  });
});
