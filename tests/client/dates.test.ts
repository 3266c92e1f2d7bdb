import { describe, expect, test } from 'vitest';
import { partsOf, readDate } from '../../client/ui/date-parts.ts';
import { dayIn, formatDate, formatDateTime } from '../../client/ui/dates.ts';
import { dueFrom } from '../../client/ui/due.ts';

function read(day: string, month: string, year: string) {
  return readDate({ day, month, year });
}

describe('a typed date', () => {
  test('is read as a calendar day', () => {
    expect(read('7', '3', '2026')).toEqual({ iso: '2026-03-07' });
    expect(read(' 29 ', '02', '2024')).toEqual({ iso: '2024-02-29' });
  });

  test.each([
    ['//', 'empty'],
    ['1//2026', 'incomplete'],
    ['1/2/26', 'year4'],
    ['29/2/2025', 'unreal'],
    ['31/4/2026', 'unreal'],
    ['0/1/2026', 'unreal'],
    ['x/1/2026', 'unreal'],
    ['1/1/0000', 'unreal'],
    ['-1/1/2026', 'unreal'],
  ])('%s is %s', (typed, fault) => {
    const [day = '', month = '', year = ''] = typed.split('/');
    expect(read(day, month, year)).toEqual({ fault });
  });

  test('stays within its limits, both ends included', () => {
    const limits = { notBefore: '2026-03-01', notAfter: '2026-03-27' };
    expect(readDate({ day: '27', month: '3', year: '2026' }, limits)).toEqual({ iso: '2026-03-27' });
    expect(readDate({ day: '28', month: '3', year: '2026' }, limits)).toEqual({ fault: 'future' });
    expect(readDate({ day: '28', month: '2', year: '2026' }, limits)).toEqual({ fault: 'past' });
  });

  test('goes back into its boxes', () => {
    expect(partsOf('2026-03-07')).toEqual({ day: '7', month: '3', year: '2026' });
    expect(partsOf(null)).toEqual({ day: '', month: '', year: '' });
  });
});

describe('a shown date', () => {
  test('is dd/mm/yyyy and 24 hours in Viet Nam', () => {
    expect(formatDateTime('2026-03-27T17:05:00Z')).toBe('28/03/2026 00:05');
    expect(formatDate('2026-03-27')).toBe('27/03/2026');
    expect(dayIn('2026-03-27T17:05:00Z')).toBe('2026-03-28');
  });
});

describe('a due time', () => {
  const now = Date.parse('2026-03-27T09:00:00+07:00');

  test.each([
    ['2026-03-25T08:00:00+07:00', { kind: 'overdueDays', count: 2 }],
    ['2026-03-27T05:30:00+07:00', { kind: 'overdueHours', count: 3 }],
    ['2026-03-27T08:59:00+07:00', { kind: 'overdueNow' }],
    ['2026-03-27T09:20:00+07:00', { kind: 'minutes', count: 20 }],
    ['2026-03-27T15:10:00+07:00', { kind: 'hours', count: 6 }],
    ['2026-03-28T00:10:00+07:00', { kind: 'tomorrow' }],
    ['2026-03-30T08:00:00+07:00', { kind: 'days', count: 3 }],
    ['2026-03-27', { kind: 'today' }],
    ['2026-03-26', { kind: 'overdueHours', count: 9 }],
  ])('%s is told in words', (due, expected) => {
    expect(dueFrom(due, now)).toEqual(expected);
  });
});
