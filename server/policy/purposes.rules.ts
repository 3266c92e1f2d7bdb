/**
 * The purpose a request has when it states none (`Access-Purpose`): by what is done, and by the role the
 * person can only do it in. `isAllowed` asks the directory whether any of the roles may state it.
 */
export function purposeFor(action: string, roles: readonly string[]): string {
  const [domain = ''] = action.split('.');
  if (domain === 'audit') return 'review';
  if (RECIPIENT_ACTIONS.has(action)) return 'referral_service';
  if (domain === 'case' || domain === 'consent' || domain === 'draft' || domain === 'referral') {
    return roles.includes('supervisor') && !roles.includes('case_worker') && !roles.includes('duty_officer')
      ? 'supervision'
      : 'case_work';
  }
  return '';
}

const RECIPIENT_ACTIONS = new Set([
  'referral.open',
  'referral.list',
  'referral.receive',
  'referral.accept',
  'referral.decline',
  'referral.assign',
  'referral.start',
  'referral.complete',
]);
