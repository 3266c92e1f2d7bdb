import { useQuery } from '@tanstack/react-query';
import type * as z from 'zod';
import type { colleagues } from '../../../server/directory/directory.contract.ts';
import { ApiProblem, networkProblem } from '../../app/api/problem.ts';
import { useApi, useMe } from '../../app/session/use-session.ts';
import type { Excluded } from './exclusions.ts';

type Colleagues = z.output<typeof colleagues>;

export type PeopleReading = {
  /** Without the person at the keyboard; undefined while on its way or refused. */
  people: readonly Excluded[] | undefined;
  problem: ApiProblem | undefined;
  retry: () => void;
};

/** The staff of an agency who work on cases: the own agency's for undefined, none for null. Read once. */
export function usePeopleOf(agencyId: string | null | undefined): PeopleReading {
  const api = useApi();
  const { staff } = useMe();
  const query = agencyId ? `?agency=${agencyId}` : '';
  const read = useQuery({
    queryKey: ['directory', `colleagues${query}`],
    queryFn: ({ signal }) => api.get<Colleagues>(`/api/directory/colleagues${query}`, { signal }),
    staleTime: 'static',
    enabled: agencyId !== null,
  });
  return {
    people: read.data?.data.items
      .filter(({ id }) => id !== staff.id)
      .map(({ id, displayName }) => ({ staffId: id, name: displayName })),
    problem: read.error ? (read.error instanceof ApiProblem ? read.error : networkProblem()) : undefined,
    retry: () => void read.refetch(),
  };
}
