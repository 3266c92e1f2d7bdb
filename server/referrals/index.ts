export { referralEndpoints } from './referrals.routes.ts';
export { servicesOfCase } from './services-of-case.ts';
export { closeReferralsOf } from './recall-referral.ts';
