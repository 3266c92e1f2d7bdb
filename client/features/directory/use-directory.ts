import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Agency, Area, Purpose, Service } from '../../../server/directory/directory.contract.ts';
import type { Versioned } from '../../app/api.ts';
import { useApi } from '../../app/session/use-session.ts';
import { nameIn, type Named } from './names.ts';

type Items<Item> = { items: Item[] };
type DirectoryRead<Item> = UseQueryResult<Versioned<Items<Item>>>;

/** Places in force; `name` (at least a part of it, marks ignored) narrows them where there are many. */
export function useAreas(name = ''): DirectoryRead<Area> {
  return useDirectory(name === '' ? 'areas' : `areas?name=${encodeURIComponent(name)}`);
}

export function useAgencies(): DirectoryRead<Agency> {
  return useDirectory('agencies');
}

export function useServices(): DirectoryRead<Service> {
  return useDirectory('services');
}

/** For what data may be used, shared or looked at. */
export function usePurposes(): DirectoryRead<Purpose> {
  return useDirectory('purposes');
}

/** Says a name of the directory in the language of the screen. */
export function useNameOf(): (named: Named) => string {
  const { i18n } = useTranslation();
  return (named) => nameIn(i18n.language, named);
}

/** The directory changes by laws and appointments: one reading is good until a lock or the exit empties the cache. */
function useDirectory<Item>(path: string): DirectoryRead<Item> {
  const api = useApi();
  return useQuery(
    queryOptions({
      queryKey: ['directory', path],
      queryFn: ({ signal }) => api.get<Items<Item>>(`/api/directory/${path}`, { signal }),
      staleTime: 'static',
      gcTime: Number.POSITIVE_INFINITY,
    }),
  );
}
