import { expireSession, lockSession } from '../session/session.ts';
import type { Keeper } from '../session/keeper.types.ts';
import type { Me } from '../session/session.types.ts';
import {
  announcement,
  hiddenLockMs,
  laterMark,
  noticeMs,
  readIdle,
  type IdleMarks,
  type Moment,
} from './idle-clock.ts';

type Watch = {
  keeper: Keeper;
  me: Me;
  marks: IdleMarks;
  /** When the other tabs were last told that somebody is active here. */
  toldActiveWallMs: number;
};

const tickMs = 1_000;
const tellEveryMs = 2_000;
/** A screen reader presses a button with a click alone. */
const activityEvents = ['keydown', 'pointerdown', 'click', 'wheel', 'touchmove'] as const;

/** Runs the idle clock of an open session until the returned function is called. */
export function watchIdle(keeper: Keeper, me: Me): () => void {
  const start = present();
  const watch: Watch = { keeper, me, marks: { active: start, visible: start }, toldActiveWallMs: 0 };
  const stop = new AbortController();
  const { signal } = stop;
  for (const name of activityEvents) {
    globalThis.addEventListener(name, (event) => noteActivity(watch, event), { capture: true, passive: true, signal });
  }
  // A phone that wakes up must not show one frame of content: judge before the first painting, not at the next tick.
  document.addEventListener('visibilitychange', () => judge(watch), { signal });
  const unlisten = keeper.tabs.listen((message) => {
    if (message.kind === 'active') watch.marks.active = laterMark(watch.marks.active, message.atWallMs, present());
    if (message.kind === 'visible') watch.marks.visible = laterMark(watch.marks.visible, message.atWallMs, present());
  });
  const timer = setInterval(() => judge(watch), tickMs);
  tellActive(watch, start);
  return () => {
    stop.abort();
    unlisten();
    clearInterval(timer);
  };
}

function judge(watch: Watch): void {
  const { keeper, me, marks } = watch;
  const now = present();
  const reading = readIdle(marks, now, { idleLockMs: me.session.idleLockMs, noticeMs, hiddenLockMs });
  if (now.wallMs >= new Date(me.session.expiresAt).getTime()) return expireSession(keeper);
  if (reading.kind === 'lock') return lockSession(keeper);
  keeper.idleNotice.set(announcement(reading));
  if (document.visibilityState === 'visible') markVisible(watch, now);
  keepServerAwake(watch, now);
}

function noteActivity(watch: Watch, event: Event): void {
  // A script or an extension is not a person.
  if (!event.isTrusted) return;
  judge(watch);
  if (watch.keeper.session.get().kind !== 'open') return;
  const now = present();
  watch.marks.active = now;
  watch.keeper.idleNotice.set(null);
  if (now.wallMs - watch.toldActiveWallMs >= tellEveryMs) tellActive(watch, now);
}

function tellActive(watch: Watch, now: Moment): void {
  watch.toldActiveWallMs = now.wallMs;
  watch.keeper.tabs.tell({ kind: 'active', atWallMs: now.wallMs });
}

function markVisible(watch: Watch, now: Moment): void {
  watch.marks.visible = now;
  watch.keeper.tabs.tell({ kind: 'visible', atWallMs: now.wallMs });
}

/** The server counts from its last request: someone who types for minutes without one would find the session locked. */
function keepServerAwake(watch: Watch, now: Moment): void {
  const { keeper, marks, me } = watch;
  const contactMs = keeper.lastContact.get();
  const isDue = now.wallMs - contactMs > me.session.idleLockMs / 2;
  if (!isDue || marks.active.wallMs <= contactMs) return;
  keeper.lastContact.set(now.wallMs);
  keeper.api.get('/api/me').catch(() => undefined);
}

function present(): Moment {
  return { wallMs: Date.now(), steadyMs: performance.now() };
}
