import { differences, type Disagreement, type Eyes } from './bound.ts';
import * as oracle from './oracle.ts';
import { BYTES } from './row-values.ts';
import { bearersOf } from './world-rows.ts';
import type { Case, Finding, Grant, Person, Referral, World } from './world.ts';

type OfGrant = { of: Case; grant: Grant };

/** Everything of the worlds that row-level security has an opinion on, flat. */
export type Objects = {
  worlds: readonly World[];
  people: readonly Person[];
  cases: readonly Case[];
  referrals: readonly { of: Case; referral: Referral }[];
  grants: readonly OfGrant[];
  findings: readonly Finding[];
};

export function objectsOf(worlds: readonly World[]): Objects {
  const cases = worlds.flatMap((world) => world.cases);
  const byId = new Map(cases.map((each) => [each.id, each]));
  const referrals = worlds
    .flatMap((world) => world.referrals)
    .map((referral) => ({ of: byId.get(referral.caseId) as Case, referral }));
  const grants = [
    ...cases.flatMap((of) => of.grants.map((grant) => ({ of, grant }))),
    ...referrals.flatMap(({ of, referral }) => referral.grants.map((grant) => ({ of, grant }))),
  ];
  const people = worlds.flatMap((world) => world.people);
  const findings = worlds.flatMap((world) => world.findings);
  return { worlds, people, cases, referrals, grants, findings };
}

/** One table, or one question that policies ask: how its rows are named, and which of them the prose gives to a person. */
type Look = { name: string; sql: string; expected(who: Person, all: Objects): string[]; total(all: Objects): number };

const id = (each: { id: string }): string => each.id;
const count =
  (pick: (all: Objects) => readonly unknown[]) =>
  (all: Objects): number =>
    pick(all).length;

function casesWhere(knows: (who: Person, of: Case) => boolean): (who: Person, all: Objects) => string[] {
  return (who, { cases }) => cases.filter((of) => knows(who, of)).map(id);
}
function referralsWhere(knows: (who: Person, of: Case, referral: Referral) => boolean) {
  return (who: Person, { referrals }: Objects): string[] =>
    referrals.filter(({ of, referral }) => knows(who, of, referral)).map(({ referral }) => referral.id);
}

function documentsFor(who: Person, { cases, referrals }: Objects): string[] {
  const ofCases = cases.filter((of) => oracle.knowsDocument(who, of, { compartment: 'facts' }));
  const ofReferrals = referrals.flatMap(({ of, referral }) =>
    ['envelope', 'feedback']
      .filter((compartment) => oracle.knowsDocument(who, of, { referral, compartment }))
      .map((compartment) => `${referral.id} ${compartment}`),
  );
  return [...ofCases.map((of) => `${of.id} facts`), ...ofReferrals];
}

const memberships = ({ grants }: Objects) =>
  grants.flatMap(({ of, grant }) => grant.members.map(({ staffId }) => ({ of, grant, staffId })));
const subjects = ({ cases, referrals }: Objects): unknown[] => [...cases, ...referrals];

export const TABLES: readonly Look[] = [
  {
    name: 'case_file',
    sql: 'select id from hien.case_file',
    expected: casesWhere(oracle.knowsCase),
    total: count((all) => all.cases),
  },
  {
    name: 'blind_index',
    sql: 'select case_id from hien.blind_index',
    expected: casesWhere(oracle.knowsCase),
    total: count((all) => all.cases),
  },
  {
    name: 'consent',
    sql: 'select id from hien.consent',
    expected: (who, { cases }) => cases.filter((of) => oracle.knowsCase(who, of)).flatMap((of) => of.consents.map(id)),
    total: count((all) => all.cases.flatMap((of) => of.consents)),
  },
  {
    name: 'referral',
    sql: 'select id from hien.referral',
    expected: referralsWhere(oracle.knowsReferral),
    total: count((all) => all.referrals),
  },
  {
    name: 'data_key',
    sql: `select subject_id || ' ' || subject_kind || ' ' || compartment from hien.data_key`,
    expected: (who, all) => [
      ...casesWhere(oracle.knowsCase)(who, all).map((each) => `${each} case facts`),
      ...referralsWhere(oracle.knowsReferral)(who, all).map((each) => `${each} referral facts`),
    ],
    total: count(subjects),
  },
  {
    name: 'sealed_document',
    sql: `select subject_id || ' ' || compartment from hien.sealed_document`,
    expected: documentsFor,
    total: count((all) => [...subjects(all), ...all.referrals]),
  },
  {
    name: 'access_grant',
    sql: 'select id from hien.access_grant',
    expected: (who, { grants }) =>
      grants.filter(({ of, grant }) => oracle.knowsGrant(who, of, grant)).map(({ grant }) => grant.id),
    total: count((all) => all.grants),
  },
  {
    name: 'case_member',
    sql: `select grant_id || ' ' || staff_id from hien.case_member`,
    expected: (who, all) =>
      memberships(all)
        .filter(({ of, ...about }) => oracle.knowsMembership(who, of, about))
        .map(({ grant, staffId }) => `${grant.id} ${staffId}`),
    total: count(memberships),
  },
  {
    name: 'break_glass',
    sql: 'select id from hien.break_glass',
    expected: (who, { cases }) =>
      cases.flatMap((of) => of.openings.filter((each) => oracle.knowsOpening(who, of, each)).map(id)),
    total: count((all) => all.cases.flatMap((of) => of.openings)),
  },
  {
    name: 'registration_draft',
    sql: 'select id from hien.registration_draft',
    expected: (who) => [who.id],
    total: count((all) => all.people),
  },
  {
    name: 'idempotency',
    sql: 'select actor_id from hien.idempotency',
    expected: (who) => [who.id],
    total: count((all) => all.people),
  },
  {
    // For auditors alone.
    name: 'surname_match',
    sql: 'select case_id from hien.surname_match',
    expected: () => [],
    total: count(({ worlds }) => worlds.flatMap(bearersOf)),
  },
  {
    name: 'explanation',
    sql: 'select id from hien.explanation',
    expected: (who, { findings }) =>
      findings.filter((each) => oracle.isAsked(who, each)).map(({ explanation }) => explanation?.id ?? ''),
    total: count((all) => all.findings.filter(({ explanation }) => explanation !== null)),
  },
];

const CASES = 'unnest($1::uuid[]) as t (id)';
const ask = (name: string, sql: string, expected: Look['expected']): Look => ({ name, sql, expected, total: () => 0 });

/** The questions of row-security.sql, each asked by itself: an application gone wrong can ask them too. */
export const QUESTIONS: readonly Look[] = [
  ask('barred_cases', 'select unnest(hien.barred_cases())', casesWhere(oracle.isBarred)),
  ask('closed_cases', 'select unnest(hien.closed_cases())', casesWhere(oracle.isShutOut)),
  ask(
    'on_team',
    `select t.id from ${CASES} where hien.on_team('case', t.id) or hien.on_team('referral', t.id)`,
    (who, { cases, referrals }) => [
      ...cases.filter((of) => !oracle.isBarred(who, of) && oracle.isOnTeam(who, of)).map(id),
      ...referrals
        .filter(({ of, referral }) => !oracle.isBarred(who, of) && oracle.isAssigned(who, referral))
        .map(({ referral }) => referral.id),
    ],
  ),
  ask('on_team of the other kind', `select t.id from ${CASES} where hien.on_team('', t.id)`, () => []),
  ask('works_under', `select t.id from ${CASES} where hien.works_under(t.id)`, (who, { grants }) =>
    grants
      .filter(({ of, grant }) => !oracle.isBarred(who, of) && oracle.worksUnder(who, grant))
      .map(({ grant }) => grant.id),
  ),
  ask('sees_case', `select t.id from ${CASES} where hien.sees_case(t.id)`, casesWhere(oracle.knowsCase)),
  ask(
    'find_cases',
    `select f from ${CASES} cross join hien.find_cases(t.id::text, '{}', '{}') f`,
    casesWhere(oracle.knowsCase),
  ),
  ask(
    'find_cases by index',
    `select hien.find_cases(null, '{name,phone}', array['${BYTES}', '${BYTES}']::bytea[])`,
    casesWhere(oracle.knowsCase),
  ),
  ask(
    'find_cases by another index',
    `select hien.find_cases('', '{name,phone}', array['${BYTES}', '${BYTES}00']::bytea[])`,
    () => [],
  ),
  ask('keeps_case', `select t.id from ${CASES} where hien.keeps_case(t.id)`, casesWhere(oracle.keepsCase)),
  ask(
    'sees_referral',
    `select t.id from ${CASES} where hien.sees_referral(t.id)`,
    referralsWhere(oracle.knowsReferral),
  ),
  ask(
    'opens_envelope',
    `select t.id from ${CASES} where hien.opens_envelope(t.id)`,
    referralsWhere(oracle.ownsEnvelope),
  ),
  ask(
    'is_referral_of',
    `select r.id from hien.referral r where hien.is_referral_of(r.id, r.case_id, r.sender_agency_id)`,
    referralsWhere(oracle.knowsReferral),
  ),
  ask(
    'is_referral_of another',
    `select r.id from hien.referral r where hien.is_referral_of(r.id, r.id, r.sender_agency_id)
    or hien.is_referral_of(r.id, r.case_id, r.id) or hien.is_referral_of(r.case_id, r.case_id, r.sender_agency_id)`,
    () => [],
  ),
];

/** Rows and answers that one person gets beside those of the prose, in one bound transaction. */
export async function rowsDisagreeing(
  eyes: Eyes,
  all: Objects,
  asked: { who: Person; looks: readonly Look[] },
): Promise<Disagreement[]> {
  const { who, looks } = asked;
  const ids = [
    ...all.cases.map(id),
    ...all.referrals.map(({ referral }) => referral.id),
    ...all.grants.map(({ grant }) => grant.id),
  ];
  return eyes.as(who, async (client) => {
    const found = await Promise.all(
      looks.map(({ sql }) =>
        client
          .query<string[]>({ text: sql, values: sql.includes('$1') ? [ids] : [], rowMode: 'array' })
          .then(({ rows }) => rows.map(([name]) => String(name)))
          .catch((error: { code?: string }) => [`error ${error.code}`]),
      ),
    );
    return looks.flatMap((look, at) =>
      differences({ check: look.name, who }, look.expected(who, all), found[at] ?? []),
    );
  });
}
