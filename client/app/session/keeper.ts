import { createApi } from '../api.ts';
import { SESSION_LOCKED, SIGN_IN_FAILED, type ApiProblem } from '../api/problem.ts';
import { createQueries } from '../api/query.ts';
import { createKeptStore } from '../kept/kept-store.ts';
import { createStore } from '../store.ts';
import { createTabs } from '../tabs.ts';
import type { Keeper } from './keeper.types.ts';
import { endSession, lockHere } from './session.ts';
import type { SessionState } from './session.types.ts';

export function createKeeper(language: () => string): Keeper {
  const lastContact = createStore(Date.now());
  const keeper: Keeper = {
    api: createApi({
      language,
      onContact: () => lastContact.set(Date.now()),
      onProblem: (problem) => heedProblem(keeper, problem),
    }),
    queries: createQueries(),
    kept: createKeptStore(),
    tabs: createTabs(),
    session: createStore<SessionState>({ kind: 'loading' }),
    keptFor: createStore<string | null>(null),
    lastContact,
    idleNotice: createStore<60 | 20 | null>(null),
  };
  return keeper;
}

/** Any answer may be the one that tells that the session is over or locked. */
function heedProblem(keeper: Keeper, problem: ApiProblem): void {
  const { kind } = keeper.session.get();
  if (kind !== 'open' && kind !== 'locked') return;
  if (problem.status === 401 && problem.code !== SIGN_IN_FAILED) endSession(keeper, 'ended');
  if (problem.code === SESSION_LOCKED) lockHere(keeper);
}
