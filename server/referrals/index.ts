export { referralEndpoints } from './referrals.routes.ts';
export { closeReferralsOf } from './recall-referral.ts';
