import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Api } from '../api.ts';
import type { Store } from '../store.ts';
import type { Keeper } from './keeper.types.ts';
import type { Me, SessionState } from './session.types.ts';

export const KeeperContext = createContext<Keeper | null>(null);

export function useKeeper(): Keeper {
  const keeper = useContext(KeeperContext);
  if (!keeper) throw new Error('No KeeperContext above this component');
  return keeper;
}

export function useStore<Value>(store: Store<Value>): Value {
  return useSyncExternalStore(store.subscribe, store.get);
}

export function useApi(): Api {
  return useKeeper().api;
}

export function useSession(): SessionState {
  return useStore(useKeeper().session);
}

/** Who is signed in. Only for screens behind the sign-in: throws elsewhere. */
export function useMe(): Me {
  const state = useSession();
  if (state.kind !== 'open') throw new Error('useMe is for screens behind the sign-in');
  return state.me;
}
