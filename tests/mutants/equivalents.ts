const OWN_MEMBERSHIPS =
  'rows of case_member are guarded themselves: a person finds her own there, and a supervisor those of cases that she sees anyway';
const KINDS = 'ids are never shared between cases and referrals: the kind only narrows the index';
const NOBODY =
  'without a bound person no row compares equal, so the answer is null, which shows nothing: this only saves looking';

/** Mutants that change nothing anybody could notice, by name, each with the reason. */
export const EQUIVALENT: ReadonlyMap<string, string> = new Map([
  ['policy case_seen on case_file: using: without "m.staff_id = (select hien.actor())" (and)', OWN_MEMBERSHIPS],
  [`policy case_seen on case_file: using: without "m.subject_kind = 'case'" (and)`, KINDS],
  [
    'policy break_glass_seen on break_glass: using: without "m.staff_id = (select hien.actor())" (and)',
    OWN_MEMBERSHIPS,
  ],
  [`policy break_glass_seen on break_glass: using: without "m.subject_kind = 'case'" (and)`, KINDS],
  [`function keeps_case: without "m.subject_kind = 'case'" (and)`, KINDS],
  [
    'policy case_changed on case_file: using: without "owner_agency_id = (select hien.agency())" (and)',
    'hien.keeps_case asks the same of the same row; here it saves the call',
  ],
  ['function sees_case: without "context is not null" (and)', NOBODY],
  ['function sees_referral: without "context is not null" (and)', NOBODY],
  ['function opens_envelope: without "context is not null" (and)', NOBODY],
  [`function sees_referral: without "m.subject_kind = 'referral'" (and)`, KINDS],
  [`function opens_envelope: without "m.subject_kind = 'referral'" (and)`, KINDS],
]);
