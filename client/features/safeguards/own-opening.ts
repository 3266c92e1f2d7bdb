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

/** After its person ended one: it stands with its new end, and what was read of the case is gone. */
export function forgetEnded(queries: QueryClient, ended: Opening): void {
  queries.setQueryData<Opening[]>(ownKey, (before) => before?.map((each) => (each.id === ended.id ? ended : each)));
  forgetCase(queries, ended.caseId);
}

function forgetCase(queries: QueryClient, caseId: string): void {
  queries.removeQueries({ predicate: ({ queryKey }) => String(queryKey[0]).includes(caseId) });
}

/**
 * Turns true when the access ends before the reader's eyes, by its time or by her own word: what was read of the case
 * leaves the memory with it.
 */
export function useHasEnded(opening: Opening | undefined): boolean {
  const queries = useQueryClient();
  const [seen, setSeen] = useState<Opening>();
  const [endedId, setEndedId] = useState<string>();
  useEffect(() => {
    const leftMs = opening === undefined ? 0 : Date.parse(opening.endsAt) - Date.now();
    if (opening === undefined || leftMs <= 0) return undefined;
    setSeen((before) => (before?.id === opening.id ? before : opening));
    const timer = setTimeout(() => {
      setEndedId(opening.id);
      forgetCase(queries, opening.caseId);
    }, leftMs);
    return () => clearTimeout(timer);
  }, [opening, queries]);
  // An end never comes nearer but by her word: so it is known whatever the clock of this machine says.
  const isEndedEarly = opening !== undefined && seen?.id === opening.id && opening.endsAt < seen.endsAt;
  return isEndedEarly || (opening !== undefined && endedId === opening.id);
}
