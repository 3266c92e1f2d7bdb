import { queryOptions, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CodeList } from '../../../server/directory/directory.contract.ts';
import type { Api } from '../../app/api.ts';
import { ApiProblem, networkProblem } from '../../app/api/problem.ts';
import { useApi } from '../../app/session/use-session.ts';
import { codesFrom, type Codes } from './codes.ts';

export type CodesRead = {
  codes: Codes;
  isReady: boolean;
  problem: ApiProblem | undefined;
  retry: () => void;
};

type Known = Readonly<Record<string, CodeList>>;

const knownKey = ['code-lists', 'known'];

/** The server refuses a longer value of `list`. */
const maxNames = 400;

/**
 * Names of codes, in one request for the lists not asked for before in this session. Show the screen when `isReady`
 * (`WithCodes` does); the lists change by laws, so they are not read again until a lock or the exit empties the cache.
 */
export function useCodes(lists: readonly string[]): CodesRead {
  const api = useApi();
  const queries = useQueryClient();
  const { t, i18n } = useTranslation('ui');
  const wanted = [...lists].sort();
  const read = useQuery(
    queryOptions({
      queryKey: ['code-lists', ...wanted],
      queryFn: ({ signal }) => readLists({ api, queries, signal }, wanted),
      staleTime: 'static',
      gcTime: Number.POSITIVE_INFINITY,
    }),
  );
  const { language } = i18n;
  const unlisted = t('codes.unlisted');
  const codes = useMemo(
    () => codesFrom({ lists: read.data ?? [], language, unlisted }),
    [read.data, language, unlisted],
  );
  return {
    codes,
    isReady: read.data !== undefined,
    problem: read.error ? (read.error instanceof ApiProblem ? read.error : networkProblem()) : undefined,
    retry: () => void read.refetch(),
  };
}

type Reading = { api: Api; queries: QueryClient; signal: AbortSignal };

async function readLists({ api, queries, signal }: Reading, wanted: readonly string[]): Promise<CodeList[]> {
  queries.setQueryDefaults(knownKey, { gcTime: Number.POSITIVE_INFINITY });
  const known = queries.getQueryData<Known>(knownKey) ?? {};
  const fetched: CodeList[] = [];
  for (const names of portions(wanted.filter((list) => !(list in known)))) {
    const { data } = await api.get<{ items: CodeList[] }>(`/api/directory/code-lists?list=${names}`, { signal });
    fetched.push(...data.items);
  }
  const all: Known = { ...known, ...Object.fromEntries(fetched.map((list) => [list.list, list])) };
  queries.setQueryData<Known>(knownKey, (before) => ({ ...before, ...all }));
  return wanted.flatMap((list) => all[list] ?? []);
}

/** Comma-separated names, none longer than the server takes. */
function portions(names: readonly string[]): string[] {
  const found: string[] = [];
  for (const name of names) {
    const last = found.at(-1);
    if (last !== undefined && last.length + name.length < maxNames) found[found.length - 1] = `${last},${name}`;
    else found.push(name);
  }
  return found;
}
