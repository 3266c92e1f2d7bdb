import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Versioned } from './api.ts';
import { useApi } from './session/use-session.ts';

export type ReadOptions = {
  /** A purpose code, where it differs from the role's default. */
  purpose?: string;
  /** False while something needed for the address is not known yet. */
  isReady?: boolean;
};

/** Reads one address into the memory cache; show it with `Loaded`. The answer carries its `etag` for `ifMatch`. */
export function useRead<Data>(path: string, options: ReadOptions = {}): UseQueryResult<Versioned<Data>> {
  const api = useApi();
  const { i18n } = useTranslation();
  const { purpose, isReady = true } = options;
  return useQuery({
    // The server words some of its answers in the language of the screen.
    queryKey: [path, purpose ?? '', i18n.language],
    queryFn: ({ signal }) => api.get<Data>(path, { signal, ...(purpose === undefined ? {} : { purpose }) }),
    enabled: isReady,
  });
}
