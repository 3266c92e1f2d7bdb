import { describe, expect, test } from 'vitest';
import { announcement, laterMark, readIdle, type IdleMarks, type Moment } from '../../client/app/lock/idle-clock.ts';

const rules = { idleLockMs: 300_000, noticeMs: 60_000, hiddenLockMs: 60_000 };

function at(ms: number): Moment {
  return { wallMs: 1_000_000 + ms, steadyMs: ms };
}

function idleSince(ms: number): IdleMarks {
  return { active: at(ms), visible: at(Number.MAX_SAFE_INTEGER / 2) };
}

function readAfter(ms: number) {
  return readIdle(idleSince(0), at(ms), rules);
}

describe('the idle clock', () => {
  test('is silent for four minutes, tells for one and locks at five', () => {
    expect(readAfter(239_999)).toEqual({ kind: 'active' });
    expect(readAfter(240_000)).toEqual({ kind: 'notice', leftMs: 60_000 });
    expect(readAfter(299_999)).toEqual({ kind: 'notice', leftMs: 1 });
    expect(readAfter(300_000)).toEqual({ kind: 'lock' });
  });

  test('announces at 60 and at 20 seconds', () => {
    expect(announcement(readAfter(100))).toBeNull();
    expect(announcement(readAfter(241_000))).toBe(60);
    expect(announcement(readAfter(279_999))).toBe(60);
    expect(announcement(readAfter(280_000))).toBe(20);
    expect(announcement(readAfter(300_000))).toBeNull();
  });

  test('counts the time the machine slept, when the steady clock stood still', () => {
    const afterSleep = { wallMs: at(400_000).wallMs, steadyMs: 5_000 };
    expect(readIdle(idleSince(0), afterSleep, rules)).toEqual({ kind: 'lock' });
  });

  test('is not fooled by a wall clock that is set back', () => {
    const setBack = { wallMs: at(-900_000).wallMs, steadyMs: 300_000 };
    expect(readIdle(idleSince(0), setBack, rules)).toEqual({ kind: 'lock' });
  });

  test('locks after a minute in which no tab was to be seen, whatever was typed before', () => {
    const marks = { active: at(50_000), visible: at(0) };
    expect(readIdle(marks, at(59_999), rules)).toEqual({ kind: 'active' });
    expect(readIdle(marks, at(60_000), rules)).toEqual({ kind: 'lock' });
  });

  test('takes over the later activity of another tab', () => {
    const now = at(100_000);
    expect(laterMark(at(0), at(90_000).wallMs, now)).toEqual(at(90_000));
    expect(laterMark(at(95_000), at(90_000).wallMs, now)).toEqual(at(95_000));
  });

  test('refuses a mark from the future', () => {
    expect(laterMark(at(0), at(999_000).wallMs, at(100_000))).toEqual(at(100_000));
  });
});
