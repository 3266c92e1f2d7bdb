import type { QueryClient } from '@tanstack/react-query';
import type { Api } from '../api.ts';
import type { KeptStore } from '../kept/kept-store.ts';
import type { Store } from '../store.ts';
import type { Tabs } from '../tabs.ts';
import type { SessionState } from './session.types.ts';

/** Everything the client keeps while its page is open; made once, in `main.tsx`. */
export type Keeper = {
  api: Api;
  queries: QueryClient;
  kept: KeptStore;
  tabs: Tabs;
  session: Store<SessionState>;
  /** Whose words `kept` holds; nobody else ever gets them back. */
  keptFor: Store<string | null>;
  /** Wall time of the server's last answer, in ms. */
  lastContact: Store<number>;
  /** Seconds until the lock as last announced; null while there is nothing to announce. */
  idleNotice: Store<60 | 20 | null>;
};
