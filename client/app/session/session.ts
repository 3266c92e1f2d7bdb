import { ApiProblem, NETWORK, SESSION_LOCKED } from '../api/problem.ts';
import { emptyQueries } from '../api/query.ts';
import type { Keeper } from './keeper.types.ts';
import type { Me, SignedOutReason } from './session.types.ts';

const lockRetryMs = 15_000;

/** Asks the server who is here. Called at the start, after unlocking elsewhere, and when the page comes back. */
export async function loadSession(keeper: Keeper): Promise<void> {
  try {
    const { data } = await keeper.api.get<Me>('/api/me');
    if (data.session.locked) enterLocked(keeper, data);
    else await enterOpen(keeper, data);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    // A session that was open or locked has been ended already by whoever hears every problem.
    if (keeper.session.get().kind !== 'loading') return;
    if (error.status === 401) enterSignedOut(keeper, 'fresh', error.isDemonstration);
    else if (error.code === SESSION_LOCKED) enterLocked(keeper, null);
    else keeper.session.set({ kind: 'unreachable' });
  }
}

/** Throws `ApiProblem`: SIGN_IN_FAILED, SLOW_DOWN or NETWORK. */
export async function signIn(keeper: Keeper, credentials: { username: string; password: string }): Promise<void> {
  const { data } = await keeper.api.post<Me>('/api/session', credentials);
  await enterOpen(keeper, data);
  keeper.tabs.tell({ kind: 'signed-in' });
}

/** Signs out here at once and on the server as soon as it can be reached; the server's own clock is the last resort. */
export function signOut(keeper: Keeper): void {
  endSession(keeper, 'signed-out');
  keeper.tabs.tell({ kind: 'signed-out' });
  keeper.api.delete('/api/session').catch(ignoreProblem);
}

/** Locks every tab and tells the server, now or when the network is back. */
export function lockSession(keeper: Keeper): void {
  if (keeper.session.get().kind !== 'open') return;
  lockHere(keeper);
  keeper.tabs.tell({ kind: 'locked' });
  tellServerLocked(keeper);
}

/** Content leaves the screen and the caches first; the sealing of what was being typed follows. */
export function lockHere(keeper: Keeper): void {
  const state = keeper.session.get();
  if (state.kind === 'open') enterLocked(keeper, state.me);
}

/** Throws `ApiProblem`: SIGN_IN_FAILED, SLOW_DOWN or NETWORK. */
export async function unlock(keeper: Keeper, password: string): Promise<void> {
  await keeper.api.post('/api/session/unlock', { password });
  const { data } = await keeper.api.get<Me>('/api/me');
  await enterOpen(keeper, data);
  keeper.tabs.tell({ kind: 'unlocked' });
}

/** Forgets everything about the session in this tab. */
export function endSession(keeper: Keeper, reason: SignedOutReason): void {
  const state = keeper.session.get();
  const isDemonstration = 'me' in state && state.me !== null && state.me.demonstration;
  keeper.kept.wipe();
  keeper.keptFor.set(null);
  enterSignedOut(keeper, reason, isDemonstration);
}

/** Ends it on the server too, when the time allowed for a locked or an open session has run out. */
export function expireSession(keeper: Keeper): void {
  endSession(keeper, 'ended');
  keeper.api.delete('/api/session').catch(ignoreProblem);
}

/** Does here what another tab has done. */
export function followTabs(keeper: Keeper): () => void {
  return keeper.tabs.listen((message) => {
    const state = keeper.session.get();
    if (message.kind === 'locked') lockHere(keeper);
    if (message.kind === 'signed-out' && 'me' in state) endSession(keeper, 'signed-out');
    if (message.kind === 'unlocked' && state.kind === 'locked') void loadSession(keeper);
    if (message.kind === 'signed-in' && state.kind === 'signed-out') void loadSession(keeper);
  });
}

async function enterOpen(keeper: Keeper, me: Me): Promise<void> {
  if (keeper.session.get().kind === 'left') return;
  if (keeper.keptFor.get() !== me.staff.id) keeper.kept.wipe();
  keeper.keptFor.set(me.staff.id);
  await keeper.kept.open();
  // A request that was under way at the lock may have left its answer behind.
  emptyQueries(keeper.queries);
  keeper.session.set({ kind: 'open', me });
}

function enterLocked(keeper: Keeper, me: Me | null): void {
  keeper.idleNotice.set(null);
  keeper.session.set({ kind: 'locked', me, sinceWallMs: Date.now() });
  emptyQueries(keeper.queries);
  void keeper.kept.seal();
}

function enterSignedOut(keeper: Keeper, reason: SignedOutReason, isDemonstration: boolean): void {
  keeper.idleNotice.set(null);
  keeper.session.set({ kind: 'signed-out', reason, isDemonstration });
  emptyQueries(keeper.queries);
}

function tellServerLocked(keeper: Keeper): void {
  keeper.api.post('/api/session/lock').catch((error: unknown) => {
    ignoreProblem(error);
    if (error instanceof ApiProblem && (error.code === NETWORK || error.status >= 500)) tellAgain(keeper);
  });
}

/** Until the server knows, a copied cookie would still open the session. */
function tellAgain(keeper: Keeper): void {
  function retry(): void {
    clearTimeout(timer);
    globalThis.removeEventListener('online', retry);
    if (keeper.session.get().kind === 'locked') tellServerLocked(keeper);
  }
  const timer = setTimeout(retry, lockRetryMs);
  globalThis.addEventListener('online', retry);
}

/** Refusals here change nothing for the person: the content is gone from the screen already. */
function ignoreProblem(error: unknown): void {
  if (!(error instanceof ApiProblem)) throw error;
}
