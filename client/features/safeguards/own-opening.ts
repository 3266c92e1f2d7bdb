import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useApi, useMe } from '../../app/session/use-session.ts';
import { mayOpenUrgently } from '../directory/roles.ts';
import { latestOn, minePath, type Opening, type OpeningList } from './openings.ts';

const ownKey = ['openings', 'own'];

/**
 * The person's latest emergency access to a case, open or over. Her own are read once until a lock or the exit, not
 * with every case: each reading is recorded.
 */
export function useOwnOpening(caseId: string): Opening | undefined {
  const api = useApi();
  const { roles } = useMe().staff;
  const read = useQuery({
    queryKey: ownKey,
    queryFn: async ({ signal }) => (await api.get<OpeningList>(minePath, { signal })).data.items,
    staleTime: 'static',
    gcTime: Number.POSITIVE_INFINITY,
    enabled: mayOpenUrgently(roles),
  });
  return latestOn(caseId, read.data ?? []);
}

/** Adds a new one to what has been read; where nothing has, it comes with the reading. */
export function rememberOpening(queries: QueryClient, opening: Opening): void {
  queries.setQueryData<Opening[]>(ownKey, (before) => before && [...before, opening]);
}

/** Turns true when the access ends before the reader's eyes: what was read of the case leaves the memory with it. */
export function useHasEnded(opening: Opening | undefined): boolean {
  const queries = useQueryClient();
  const [endedId, setEndedId] = useState<string>();
  useEffect(() => {
    const leftMs = opening === undefined ? 0 : Date.parse(opening.endsAt) - Date.now();
    if (opening === undefined || leftMs <= 0) return undefined;
    const timer = setTimeout(() => {
      setEndedId(opening.id);
      queries.removeQueries({ predicate: ({ queryKey }) => String(queryKey[0]).includes(opening.caseId) });
    }, leftMs);
    return () => clearTimeout(timer);
  }, [opening, queries]);
  return opening !== undefined && endedId === opening.id;
}
