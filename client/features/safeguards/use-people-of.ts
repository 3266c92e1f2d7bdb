import { useQuery } from '@tanstack/react-query';
import type * as z from 'zod';
import type { staffList } from '../../../server/safeguards/safeguards.contract.ts';
import { ApiProblem, networkProblem } from '../../app/api/problem.ts';
import { useApi, useMe } from '../../app/session/use-session.ts';
import type { Excluded } from './exclusions.ts';

type Staff = z.output<typeof staffList>;

export type PeopleReading = {
  /** Without the person at the keyboard; undefined while on its way or refused. */
  people: readonly Excluded[] | undefined;
  problem: ApiProblem | undefined;
  retry: () => void;
};

/** The staff of an agency; null for none yet. Read once until a lock or the exit: each reading is recorded. */
export function usePeopleOf(agencyId: string | null): PeopleReading {
  const api = useApi();
  const { staff } = useMe();
  const path = `staff?agencyId=${agencyId ?? ''}`;
  const read = useQuery({
    queryKey: ['directory', path],
    queryFn: ({ signal }) => api.get<Staff>(`/api/directory/${path}`, { signal }),
    staleTime: 'static',
    gcTime: Number.POSITIVE_INFINITY,
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
