import { useQueries } from '@tanstack/react-query';
import type { Agency, Service } from '../../../server/directory/directory.contract.ts';
import type { ReferralOptions } from '../../../server/referrals/referrals.contract.ts';
import { ApiProblem, networkProblem } from '../../app/api/problem.ts';
import { useApi } from '../../app/session/use-session.ts';
import { servicesToAsk, sharedFields, type SharedField } from './shares.ts';

export type Shares = {
  /** Undefined while on its way. */
  fields: SharedField[] | undefined;
  /** A child does not consent alone: the law's duty is offered for children only. */
  isChild: boolean;
  problem: ApiProblem | undefined;
  retry: () => void;
};

export type SharesInput = { caseId: string; agency: Agency | undefined; services: readonly Service[] };

/** Which of the case's fields an agency may get at all. */
export function useShares({ caseId, agency, services }: SharesInput): Shares {
  const api = useApi();
  const asked = agency ? servicesToAsk(agency, services) : [];
  const reads = useQueries({
    queries: asked.map((service) => {
      const path = `/api/cases/${caseId}/referral-options?service=${encodeURIComponent(service)}`;
      return {
        queryKey: [path, 'shares'],
        queryFn: async ({ signal }: { signal: AbortSignal }) => (await api.get<ReferralOptions>(path, { signal })).data,
      };
    }),
  });
  const answers = reads.flatMap(({ data }) => (data ? [data] : []));
  const error = reads.find((read) => read.error)?.error;
  return {
    fields: agency && answers.length === asked.length ? sharedFields(agency.id, answers) : undefined,
    isChild: answers.some(({ mayUseLegalBasis }) => mayUseLegalBasis.includes('CHILD_DUTY')),
    problem: error ? (error instanceof ApiProblem ? error : networkProblem()) : undefined,
    retry: () => {
      for (const read of reads) if (read.error) void read.refetch();
    },
  };
}
