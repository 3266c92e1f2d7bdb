/**
 * The purpose a request has when it states none (`Access-Purpose`): by what is done, and by the roles in which
 * the person can do it. Which purposes a role may state at all is data of the directory.
 */
export function purposeFor(action: string, roles: readonly string[]): string {
  const [domain = ''] = action.split('.');
  if (domain === 'audit') return 'review';
  if (domain === 'staff') return 'administration';
  const own = BY_ACTION[action];
  if (own !== undefined) return own;
  if (RECIPIENT_ACTIONS.has(action)) return 'referral_service';
  if (!CASE_DOMAINS.has(domain)) return '';
  return isOnlySupervising(roles) ? 'supervision' : 'case_work';
}

const BY_ACTION: Readonly<Record<string, string>> = {
  'break_glass.open': 'emergency',
  'case.erase_ask': 'supervision',
  'case.erase': 'administration',
};

const CASE_DOMAINS = new Set(['case', 'consent', 'draft', 'referral', 'break_glass', 'conflict']);

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

function isOnlySupervising(roles: readonly string[]): boolean {
  return roles.includes('supervisor') && !roles.includes('case_worker') && !roles.includes('duty_officer');
}
