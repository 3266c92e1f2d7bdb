/** A moment by two clocks: the wall clock goes on while the machine sleeps, the steady one cannot be set back. */
export type Moment = { wallMs: number; steadyMs: number };

export type IdleMarks = {
  /** The last key or touch in any tab. */
  active: Moment;
  /** The last time any tab was to be seen. */
  visible: Moment;
};

export type IdleRules = {
  idleLockMs: number;
  /** How long before the lock people are told. */
  noticeMs: number;
  /** How long all tabs may be hidden. */
  hiddenLockMs: number;
};

export type IdleReading = { kind: 'active' } | { kind: 'notice'; leftMs: number } | { kind: 'lock' };

export const noticeMs = 60_000;
export const hiddenLockMs = 60_000;

/** Says what the time without a key or touch means now. Needs no network, so an offline phone locks as well. */
export function readIdle(marks: IdleMarks, now: Moment, rules: IdleRules): IdleReading {
  const leftMs = rules.idleLockMs - elapsed(marks.active, now);
  if (leftMs <= 0 || elapsed(marks.visible, now) >= rules.hiddenLockMs) return { kind: 'lock' };
  return leftMs <= rules.noticeMs ? { kind: 'notice', leftMs } : { kind: 'active' };
}

/** What is announced: at 60 and at 20 seconds, never every second. */
export function announcement(reading: IdleReading): 60 | 20 | null {
  if (reading.kind !== 'notice') return null;
  return reading.leftMs <= 20_000 ? 20 : 60;
}

/**
 * A mark told by another tab, as a moment of this tab; an older mark or one from the future moves nothing forward.
 * Both tabs run on one machine, so their wall clocks are the same.
 */
export function laterMark(mine: Moment, toldWallMs: number, now: Moment): Moment {
  const wallMs = Math.min(toldWallMs, now.wallMs);
  return wallMs > mine.wallMs ? { wallMs, steadyMs: now.steadyMs - (now.wallMs - wallMs) } : mine;
}

function elapsed(since: Moment, now: Moment): number {
  return Math.max(now.wallMs - since.wallMs, now.steadyMs - since.steadyMs);
}
