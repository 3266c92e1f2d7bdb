import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultsOf, longestText, minutesOf, nothingAsked } from '../../client/features/safeguards/ask-values.ts';
import {
  awaitsMe,
  groupsOf,
  latestOn,
  minutesLeft,
  stateOf,
  type Opening,
} from '../../client/features/safeguards/openings.ts';
import { openBreakGlassBody } from '../../server/safeguards/safeguards.contract.ts';

const nowMs = Date.parse('2026-11-22T10:00:00+07:00');
const minute = 60_000;

function at(ms: number): string {
  return new Date(nowMs + ms).toISOString();
}

function opening(id: string, changes: Partial<Opening> = {}): Opening {
  return {
    id,
    caseId: 'case',
    caseCode: 'K7MQ-2RXA',
    staffName: 'Người Thử',
    agencyId: 'agency',
    reasonCode: 'LIFE_DANGER',
    reasonText: null,
    openedAt: at(-10 * minute),
    endsAt: at(50 * minute),
    reviewDueAt: at(72 * 60 * minute),
    review: null,
    isMine: false,
    mayReview: true,
    ...changes,
  };
}

const review: Opening['review'] = {
  verdict: 'not_justified',
  reviewedAt: at(-minute),
  reviewerName: 'Người Xét',
  note: null,
};

describe('an emergency access', () => {
  test('is open, then waits, then is late; a verdict says more than any of these', () => {
    expect(stateOf(opening('a'), nowMs)).toBe('open');
    expect(stateOf(opening('a', { endsAt: at(0) }), nowMs)).toBe('waiting');
    expect(stateOf(opening('a', { endsAt: at(-1), reviewDueAt: at(-1) }), nowMs)).toBe('overdue');
    expect(stateOf(opening('a', { reviewDueAt: at(-1), review }), nowMs)).toBe('not_justified');
  });

  test('never looks longer than it is, and has a minute until it has none', () => {
    fc.assert(
      fc.property(fc.integer({ min: -minute, max: 61 * minute }), (leftMs) => {
        const left = minutesLeft(at(leftMs), nowMs);
        if (leftMs <= 0) expect(left).toBe(0);
        else expect(left).toBe(leftMs < minute ? 1 : Math.floor(leftMs / minute));
      }),
    );
  });

  test('is known on its own case by the one that lasts longest', () => {
    const mine = [opening('old', { endsAt: at(-1) }), opening('new'), opening('other', { caseId: 'another' })];
    expect(latestOn('case', mine)?.id).toBe('new');
    expect(latestOn('unknown', mine)).toBeUndefined();
  });
});

describe('the list', () => {
  test('has what must be judged on top, the soonest due first, and everything once', () => {
    const told = [
      opening('later'),
      opening('judged', { review }),
      opening('sooner', { reviewDueAt: at(minute) }),
      opening('lead', { mayReview: false }),
      opening('own', { isMine: true, mayReview: false }),
    ];
    const groups = groupsOf(told, [opening('own', { isMine: true, mayReview: false })]);
    expect(groups.map(({ name, openings }) => [name, openings.map(({ id }) => id).join()])).toEqual([
      ['toReview', 'sooner,later'],
      ['toKnow', 'judged,lead'],
      ['mine', 'own'],
    ]);
  });

  test('asks nobody to judge twice, and nobody who may not', () => {
    expect([opening('a'), opening('b', { review }), opening('c', { mayReview: false })].map(awaitsMe)).toEqual([
      true,
      false,
      false,
    ]);
    expect(groupsOf([], [])).toEqual([]);
  });
});

describe('asking', () => {
  test('needs a code, a reason and an explanation', () => {
    expect(faultsOf(nothingAsked)).toEqual({ code: 'noCode', reasonCode: 'noReason', reasonText: 'shortText' });
    expect(faultsOf({ ...nothingAsked, code: 'K7MQ-2RXA', reasonCode: 'MISSING', reasonText: ' quá ngắn ' })).toEqual({
      reasonText: 'shortText',
    });
  });

  test('lets through no explanation that the server would refuse', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: longestText }), (reasonText) => {
        const isFaultless =
          faultsOf({ ...nothingAsked, code: 'K7MQ-2RXA', reasonCode: 'MISSING', reasonText }).reasonText === undefined;
        const body = { reasonCode: 'MISSING', reasonText: reasonText.trim(), password: 'x' };
        if (isFaultless) expect(openBreakGlassBody.safeParse(body).success).toBe(true);
      }),
    );
  });

  test('offers the minutes of the list, the usual half hour among them, and none that the server would refuse', () => {
    const file = new URL('../../server/directory/data/code-lists.json', import.meta.url);
    const lists = JSON.parse(readFileSync(file, 'utf8')) as { list: string; codes: { code: string }[] }[];
    const codes = lists.find(({ list }) => list === 'break_glass_minutes')?.codes.map(({ code }) => code) ?? [];
    expect(codes.map(minutesOf)).toEqual([15, 30, 60]);
    expect(codes).toContain(nothingAsked.minutes);
    const body = { reasonCode: 'MISSING', reasonText: 'Không liên lạc được từ tối qua', password: 'x' };
    for (const code of codes)
      expect(openBreakGlassBody.safeParse({ ...body, minutes: minutesOf(code) }).success).toBe(true);
  });
});
