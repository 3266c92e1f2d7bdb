/** Deeds that show a case, something of it, or a list with it on it. A test keeps the list to actions that exist. */
export const READING_ACTIONS: readonly string[] = [
  'case.open',
  'case.list',
  'case.search',
  'case.view_accesses',
  'consent.list',
  'conflict.list',
  'break_glass.list',
  'referral.open',
  'referral.list',
  'referral.options',
];
