import fc from 'fast-check';
import {
  FINDING_STATES,
  ROLES,
  STATES,
  type Consent,
  type End,
  type FindingState,
  type Opening,
  type State,
} from './world.ts';

export const AGENCIES = 3;
export const PER_AGENCY = 5;
/** Every agency has these; two more come with any roles, or none. */
export const CAST: readonly (readonly string[])[] = [['case_worker'], ['duty_officer'], ['supervisor']];

const end = fc.constantFrom<End>('open', 'later', 'over');
const colleague = fc.nat(PER_AGENCY - 1);
const anybody = fc.nat(AGENCIES * PER_AGENCY - 1);
/** Now and then somebody works under a grant whose agency she has left since. */
const hasMoved = fc.nat(5).map((at) => at === 0);
const membership = fc.record({ who: colleague, isLead: fc.boolean(), end, hasMoved });
const team = (most: number) =>
  fc.uniqueArray(membership, { selector: (each) => each.who, minLength: 1, maxLength: most });

const caseSketch = fc.record({
  owner: fc.nat(AGENCIES - 1),
  createdBy: colleague,
  isRestricted: fc.boolean().chain((is) => (is ? fc.boolean() : fc.constant(false))),
  isNew: fc.nat(5).map((at) => at === 0),
  team: team(3),
  bars: fc.uniqueArray(fc.record({ who: anybody, isLifted: fc.boolean() }), {
    selector: (each) => each.who,
    maxLength: 3,
  }),
  /** Of the owner's own staff, who may well be on the team. */
  barsAtHome: fc.uniqueArray(colleague, { maxLength: 2 }),
  openings: fc.uniqueArray(fc.record({ who: colleague, end: fc.constantFrom<Opening['end']>('later', 'over') }), {
    selector: (each) => each.who,
    maxLength: 3,
  }),
  consents: fc.array(
    fc.record({ to: fc.nat(AGENCIES - 2), state: fc.constantFrom<Consent['state']>('valid', 'withdrawn') }),
    { maxLength: 2 },
  ),
  doubts: fc.uniqueArray(anybody, { maxLength: 1 }),
  grantEnd: end,
  further: fc.constantFrom('none', 'statistics', 'person', 'guardian'),
  hasStrays: fc.nat(2).map((at) => at === 0),
});
export type CaseSketch = typeof caseSketch extends fc.Arbitrary<infer T> ? T : never;

const referralSketch = fc.record({
  of: fc.nat(99),
  to: fc.nat(AGENCIES - 2),
  state: fc.constantFrom<State>(...STATES),
  isStray: fc.nat(8).map((at) => at === 0),
  isLapsed: fc.nat(3).map((at) => at === 0),
  grantEnd: end,
  assigned: fc.uniqueArray(membership, { selector: (each) => each.who, maxLength: 3 }),
});
export type ReferralSketch = typeof referralSketch extends fc.Arbitrary<infer T> ? T : never;

const findingSketch = fc.record({
  agency: fc.nat(AGENCIES - 1),
  auditor: colleague,
  actor: anybody,
  /** Often about a colleague who audits as well, where there is one. */
  isAboutAuditor: fc.boolean(),
  state: fc.constantFrom<FindingState>(...FINDING_STATES),
});
export type FindingSketch = typeof findingSketch extends fc.Arbitrary<infer T> ? T : never;

export const worldSketch = fc.record({
  extra: fc.array(fc.subarray([...ROLES], { maxLength: 4 }), {
    minLength: AGENCIES * (PER_AGENCY - CAST.length),
    maxLength: AGENCIES * (PER_AGENCY - CAST.length),
  }),
  cases: fc.array(caseSketch, { minLength: 7, maxLength: 9 }).filter((cases) => cases.some((each) => !each.isNew)),
  referrals: fc.array(referralSketch, { minLength: 14, maxLength: 18 }),
  findings: fc.array(findingSketch, { minLength: 10, maxLength: 14 }),
});
