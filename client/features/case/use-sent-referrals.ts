import type { UseQueryResult } from '@tanstack/react-query';
import type { ReferralLine } from '../../../server/referrals/referrals.contract.ts';
import type { Versioned } from '../../app/api.ts';
import { useRead } from '../../app/use-read.ts';

export type SentReferrals = { items: ReferralLine[]; nextCursor: string | null };

/** The referrals of one case, newest first: read once for all that ask. */
export function useSentReferrals(caseId: string): UseQueryResult<Versioned<SentReferrals>> {
  return useRead<SentReferrals>(`/api/referrals?box=outbox&case=${caseId}&limit=100`);
}
