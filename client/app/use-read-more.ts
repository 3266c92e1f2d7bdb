import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiProblem, networkProblem } from './api/problem.ts';
import { useApi } from './session/use-session.ts';

/** One portion of a list, as our server gives it. */
export type ListPage<Item> = { items: Item[]; nextCursor: string | null };

export type ReadMore<Item, More = unknown> = {
  /** Everything read so far; undefined until the first portion is there. */
  items: readonly Item[] | undefined;
  /** What the answer says beside the list; undefined until the first portion is there. */
  first: More | undefined;
  problem: ApiProblem | undefined;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  /** Reads again: what failed, or the portions shown so far. */
  reload: () => void;
};

export type ReadMoreOptions = {
  /** The answer stays as it was given, as long as nobody asks again: for readings that are themselves recorded. */
  isFrozen?: boolean;
};

/** Reads a list portion by portion; `path` may carry a query of its own. Show it with `LoadedList`. */
export function useReadMore<Item, More = unknown>(
  path: string,
  { isFrozen = false }: ReadMoreOptions = {},
): ReadMore<Item, More> {
  const api = useApi();
  const { i18n } = useTranslation();
  const read = useInfiniteQuery({
    queryKey: [path, 'portions', i18n.language],
    queryFn: async ({ pageParam, signal }) =>
      (await api.get<ListPage<Item> & More>(withCursor(path, pageParam), { signal })).data,
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    ...(isFrozen ? { staleTime: 'static' as const } : {}),
  });
  return {
    items: read.data?.pages.flatMap(({ items }) => items),
    first: read.data?.pages[0],
    problem: read.error ? (read.error instanceof ApiProblem ? read.error : networkProblem()) : undefined,
    hasMore: read.hasNextPage,
    isLoadingMore: read.isFetchingNextPage,
    loadMore: () => {
      if (!read.isFetching) void read.fetchNextPage();
    },
    reload: () => void read.refetch(),
  };
}

function withCursor(path: string, cursor: string): string {
  if (cursor === '') return path;
  return `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
}
