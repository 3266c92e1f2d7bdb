import { QueryClient } from '@tanstack/react-query';
import { ApiProblem, NETWORK } from './problem.ts';

const maxRetries = 2;

/** Answers live in memory only, a minute after their screen is gone, and not beyond a lock or an exit. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        gcTime: 60_000,
        staleTime: 5_000,
        // "Paused until the network is back" would leave the person before an endless "loading".
        networkMode: 'always',
        // Each reading of a case is recorded: coming back to a tab is no reason to read it once more.
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < maxRetries && error instanceof ApiProblem && error.code === NETWORK,
      },
      mutations: { gcTime: 0, networkMode: 'always', retry: false },
    },
  });
}

export function emptyQueries(queries: QueryClient): void {
  void queries.cancelQueries();
  queries.clear();
}
