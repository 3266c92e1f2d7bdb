import type { ReactNode } from 'react';
import type { ReferralOptions } from '../../../server/referrals/referrals.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { useRead } from '../../app/use-read.ts';

export type WithOptionsProps = {
  caseId: string;
  service: string;
  children: (options: ReferralOptions) => ReactNode;
};

/** Which agencies answer a service, what would be sent to each, and on what it could rest. */
export function WithOptions({ caseId, service, children }: WithOptionsProps) {
  const read = useRead<ReferralOptions>(optionsPath(caseId, service));
  return <Loaded read={read}>{(options) => children(options)}</Loaded>;
}

export function optionsPath(caseId: string, service: string): string {
  return `/api/cases/${caseId}/referral-options?service=${encodeURIComponent(service)}`;
}
