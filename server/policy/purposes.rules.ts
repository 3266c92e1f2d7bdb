/**
 * The purpose a request has when it states none (`Access-Purpose`): by what is done, and by the roles in which
 * the person can do it. Supervisors look at cases that are not theirs to work on for `oversight`, which shows no
 * identity; `supervision` is never assumed, only stated. Which purposes a role may state at all is data of the directory.
 */
export function purposeFor(action: string, roles: readonly string[], isMember = true): string {
  const [domain = ''] = action.split('.');
  const fixed = PURPOSE_OF_ACTION.get(action) ?? PURPOSE_OF_DOMAIN.get(domain);
  if (fixed !== undefined) return fixed;
  if (RECIPIENT_ACTIONS.has(action)) return 'referral_service';
  if (!CASE_DOMAINS.has(domain)) return '';
  return isReviewing(roles, isMember) ? 'oversight' : 'case_work';
}

const PURPOSE_OF_ACTION = new Map([
  ['break_glass.open', 'emergency'],
  ['case.erase_ask', 'supervision'],
  ['case.erase', 'administration'],
  ['audit.archive', 'administration'],
]);
const PURPOSE_OF_DOMAIN = new Map([
  ['audit', 'review'],
  ['finding', 'review'],
  ['staff', 'administration'],
  ['guardian', 'administration'],
]);

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

/** Whoever also works on cases does so on those of her own team. */
function isReviewing(roles: readonly string[], isMember: boolean): boolean {
  const worksOnCases = roles.includes('case_worker') || roles.includes('duty_officer');
  return roles.includes('supervisor') && !(worksOnCases && isMember);
}
