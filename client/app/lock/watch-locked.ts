import type { Keeper } from '../session/keeper.types.ts';
import { expireSession } from '../session/session.ts';
import type { Me } from '../session/session.types.ts';

const tickMs = 2_000;

/** Ends a session that stays locked too long, by the wall clock, also after the machine has slept. */
export function watchLocked(keeper: Keeper, me: Me, sinceWallMs: number): () => void {
  const endsWallMs = Math.min(sinceWallMs + me.session.lockedEndMs, new Date(me.session.expiresAt).getTime());
  function judge(): void {
    if (Date.now() >= endsWallMs) expireSession(keeper);
  }
  const timer = setInterval(judge, tickMs);
  document.addEventListener('visibilitychange', judge);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', judge);
  };
}
