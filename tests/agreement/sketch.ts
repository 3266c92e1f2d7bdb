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
  openings: fc.uniqueArray(
    fc.record({ who: colleague, end: fc.constantFrom<Opening['end']>('later', 'over'), hasMoved }),
    { selector: (each) => each.who, maxLength: 3 },
  ),
  consents: fc.array(
    fc.record({ to: fc.nat(AGENCIES - 2), state: fc.constantFrom<Consent['state']>('valid', 'withdrawn') }),
    { maxLength: 2 },
  ),
  doubts: fc.uniqueArray(anybody, { maxLength: 1 }),
  grantEnd: end,
  /** A named person may be of the team as well, or have nothing but her own grant. */
  further: fc.constantFrom<'none' | 'statistics' | 'person' | 'outsider' | 'guardian'>(
    'none',
    'statistics',
    'person',
    'outsider',
    'guardian',
  ),
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

/** What chance seldom draws, and walls tell apart: it stands in every world, as its first case. */
const CERTAIN: { of: CaseSketch; referrals: ReferralSketch[] } = {
  of: {
    owner: 1,
    createdBy: 0,
    isRestricted: false,
    isNew: false,
    // A lead whose time has an end, who holds no other office.
    team: [{ who: 0, isLead: true, end: 'later', hasMoved: false }],
    bars: [],
    barsAtHome: [],
    // Emergency access of the supervisor, and of somebody who has left for another agency since.
    openings: [
      { who: 2, end: 'later', hasMoved: false },
      { who: 1, end: 'later', hasMoved: true },
    ],
    consents: [],
    doubts: [],
    grantEnd: 'open',
    // The desk officer, by name alone.
    further: 'outsider',
    hasStrays: false,
  },
  referrals: [
    // Served by somebody of another agency who still has it; a colleague has not any more.
    {
      ...{ of: 0, to: 0, state: 'completed', isStray: false, isLapsed: false, grantEnd: 'open' },
      assigned: [
        { who: 0, isLead: false, end: 'later', hasMoved: false },
        { who: 1, isLead: false, end: 'over', hasMoved: false },
      ],
    },
    // A draft that names another sender than the agency whose case it is.
    { of: 0, to: 0, state: 'draft', isStray: true, isLapsed: false, grantEnd: 'open', assigned: [] },
    // Not sent yet, and somebody of the recipient stands in it already: the state must keep it from her by itself.
    ...(['draft', 'awaiting_consent'] as const).map((state) => ({
      ...{ of: 0, to: 0, state, isStray: false, isLapsed: false, grantEnd: 'open' as const },
      assigned: [{ who: 0, isLead: false, end: 'open' as const, hasMoved: false }],
    })),
  ],
};

const drawnSketch = fc.record({
  extra: fc.array(fc.subarray([...ROLES], { maxLength: 4 }), {
    minLength: AGENCIES * (PER_AGENCY - CAST.length),
    maxLength: AGENCIES * (PER_AGENCY - CAST.length),
  }),
  cases: fc.array(caseSketch, { minLength: 7, maxLength: 9 }),
  referrals: fc.array(referralSketch, { minLength: 14, maxLength: 18 }),
  findings: fc.array(findingSketch, { minLength: 10, maxLength: 14 }),
});

export const worldSketch = drawnSketch.map((drawn) => ({
  ...drawn,
  cases: [CERTAIN.of, ...drawn.cases],
  referrals: [...CERTAIN.referrals, ...drawn.referrals],
}));
