import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReadOptions } from '../../app/use-read.ts';

export type StatedPurpose = {
  /** For `useRead`: the purpose where it has been stated. */
  options: ReadOptions;
  isStated: boolean;
  state: () => void;
};

/** The only purpose for which a supervisor sees whose case it is; the server never assumes it. */
const supervision = 'supervision';

/**
 * Whether supervision was stated for one case or referral. Remembered beside what was read for it, and no longer: a
 * minute after its screens were left, at a lock and at the exit it has to be stated again.
 */
export function useStatedPurpose(subjectId: string): StatedPurpose {
  const queries = useQueryClient();
  const queryKey = ['stated purpose', subjectId];
  const { data } = useQuery<string>({ queryKey, queryFn: skipToken });
  return {
    options: data === undefined ? {} : { purpose: data },
    isStated: data !== undefined,
    state: () => void queries.setQueryData<string>(queryKey, supervision),
  };
}
