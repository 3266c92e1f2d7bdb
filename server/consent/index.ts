export { consentEndpoints } from './consent.routes.ts';
export { covers, consentState } from './consent.rules.ts';
export { loadConsents, type Consent } from './list-consents.ts';
export type { CloseReferrals } from './withdraw-consent.ts';
