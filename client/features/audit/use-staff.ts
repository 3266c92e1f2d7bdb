import { useQuery } from '@tanstack/react-query';
import type * as z from 'zod';
import type { auditStaff } from '../../../server/audit/audit.contract.ts';
import { useApi } from '../../app/session/use-session.ts';
import { useNameOf } from '../directory/use-directory.ts';
import type { Person } from './person-field.tsx';

type Staff = z.output<typeof auditStaff>;

/** The staff within the auditor's area; read once, because every reading of it is recorded. */
export function useStaff(): readonly Person[] {
  const api = useApi();
  const nameOf = useNameOf();
  const read = useQuery({
    queryKey: ['/api/audit/staff'],
    queryFn: ({ signal }) => api.get<Staff>('/api/audit/staff', { signal }),
    staleTime: 'static',
  });
  return (read.data?.data.items ?? []).map(({ id, displayName, agency }) => ({
    id,
    name: displayName,
    agency: nameOf(agency),
  }));
}
