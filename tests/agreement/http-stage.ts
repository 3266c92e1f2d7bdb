import fc from 'fast-check';
import { accountOf, AGENCY, signIn, type Person as SignedIn } from '../support/actors.ts';
import type { TestApp } from '../support/app.ts';
import { aClient } from '../support/http.ts';
import { COMPLETION, done, draftReferral, recordConsent, registerCase } from '../support/seed.ts';
import { AUDITORS, deedsByAgency, followUp, type LoggedDeed } from './http-review.ts';
import { readWorld } from './read-world.ts';
import { ROLES, type Person, type World } from './world.ts';

/** Somebody of the drawn world at the API; all have the same password. */
export type Caller = { who: Person; client: ReturnType<typeof aClient> };
export type HttpStage = {
  world: World;
  callers: Caller[];
  password: string;
  drafts: { id: string; staffId: string }[];
  /** What the auditor of each agency can point to. */
  deeds: ReadonlyMap<string, LoggedDeed>;
};

const OWNERS = [AGENCY.socialSonTra, AGENCY.socialAnHai] as const;
const AGENCIES = [...OWNERS, AGENCY.policeSonTra] as const;
/** Works on cases at each owner; the desk of the recipient. */
const HANDS = ['lan.vhxh.sontra', 'mai.vhxh.anhai'] as const;
const DESK = 'toan.ca.sontra';
const CAST: readonly (readonly string[])[] = [['case_worker'], ['duty_officer'], ['supervisor']];
const CASES = 6;
/** How far each referral goes; the last two are taken back. */
const WAYS = [
  [],
  ['dispatch'],
  ['dispatch', 'receipt'],
  ['dispatch', 'acceptance'],
  ['dispatch', 'acceptance', 'start'],
  ['dispatch', 'acceptance', 'completion'],
  ['dispatch', 'decline'],
  ['dispatch', 'acceptance', 'recall'],
  ['dispatch', 'withdrawal'],
] as const;

const sketch = fc.record({
  extra: fc.array(fc.subarray([...ROLES], { maxLength: 3 }), { minLength: 6, maxLength: 6 }),
  caseOf: fc.array(fc.nat(CASES - 2), { minLength: WAYS.length, maxLength: WAYS.length }),
  joins: fc.uniqueArray(
    fc.record({ of: fc.nat(CASES - 1), who: fc.nat(4), isLead: fc.boolean(), isOver: fc.boolean() }),
    { selector: ({ of, who }) => `${of} ${who}`, minLength: 12, maxLength: 16 },
  ),
  assigned: fc.uniqueArray(fc.record({ of: fc.nat(WAYS.length - 1), who: fc.nat(4) }), {
    selector: ({ of, who }) => `${of} ${who}`,
    minLength: 9,
    maxLength: 14,
  }),
  bars: fc.uniqueArray(fc.record({ of: fc.nat(CASES - 1), who: fc.nat(14) }), {
    selector: ({ of, who }) => `${of} ${who}`,
    minLength: 6,
    maxLength: 8,
  }),
});
type Sketch = typeof sketch extends fc.Arbitrary<infer T> ? T : never;

/**
 * A drawn world that is real: cases, consents, referrals and emergency access are made through the API, so that whatever
 * may be opened opens; teams, assignments and conflicts of interest are drawn and written past the API.
 */
export async function aHttpStage(app: TestApp, seed: number): Promise<HttpStage> {
  const [drawn] = fc.sample(sketch, { seed, numRuns: 1 }) as [Sketch];
  const people = await hire(app, withOffices(drawn.extra));
  const hands = await Promise.all(HANDS.map((name) => signIn(app, name)));
  const cases = await register(app, hands);
  const referrals = await refer(app, hands, { cases, caseOf: drawn.caseOf });
  await openInEmergency(app, cases, people);
  await join(app, people, { drawn, cases, referrals });
  await restrictLast(app, hands, cases);
  await bar(app, people, { drawn, cases });
  const callers = people.map((who) => ({
    who,
    client: aClient(app.url, { cookie: `so=${who.token.toString('base64url')}` }),
  }));
  const drafts = await saveDrafts(callers);
  await followUp(app, callers);
  const deeds = await deedsByAgency(app, callers);
  return { world: await readWorld(app.database, people), callers, password: accountOf(DESK).password, drafts, deeds };
}

/** Among them always somebody who keeps the accounts, and auditors: one who does nothing else, two with what was drawn. */
function withOffices(extra: string[][]): string[][] {
  const auditors = [AUDITORS.ofOwner, AUDITORS.second].map((at) => Math.floor(at / 5) * 2 + (at % 5) - CAST.length);
  return extra
    .map((roles, at) => (auditors.includes(at) ? [...new Set([...roles, 'auditor'])] : roles))
    .with(0, ['agency_admin'])
    .with(5, ['auditor']);
}

/** Fifteen people of three agencies, with sessions and the desk officer's password. */
async function hire({ database }: TestApp, extra: string[][]): Promise<Person[]> {
  const people = AGENCIES.flatMap((agencyId, at) =>
    [...CAST, ...extra.slice(at * 2, at * 2 + 2)].map((roles, nth) => {
      const id = `0197c1c8-0280-7d00-8d00-0000000000${at}${nth}`;
      return {
        id,
        agencyId,
        roles: [...roles].toSorted(),
        token: Buffer.from(id.replaceAll('-', '').padEnd(64, '0'), 'hex'),
      };
    }),
  );
  const given = JSON.stringify(people.map((each) => ({ ...each, token: `\\x${each.token.toString('hex')}` })));
  const from = 'from jsonb_to_recordset($1::jsonb) as p (id uuid, "agencyId" uuid, roles text[], token bytea)';
  for (const text of [
    `insert into hien.staff (id, username, display_name, agency_id) select p.id, 'drawn.' || p.id, 'Người ' || p.id, p."agencyId" ${from}`,
    `insert into hien.staff_role select p.id, r ${from} cross join unnest(p.roles) r`,
    `insert into hien.staff_session (id, staff_id, public_hash, expires_at) select p.id, p.id, sha256(p.token), now() + interval '6 hours' ${from}`,
    `insert into hien.session_token select sha256(p.token), p.id, 'cookie', now() + interval '6 hours' ${from}`,
  ])
    await database.ask(text, [given]);
  await database.ask(
    `insert into hien.staff_credential (staff_id, parameters, salt, verifier) select p.id, c.parameters, c.salt, c.verifier
       from unnest($1::uuid[]) p (id), hien.staff_credential c where c.staff_id = $2`,
    [people.map(({ id }) => id), accountOf(DESK).staffId],
  );
  return people;
}

type Made = { id: string; code: string };

async function register(app: TestApp, hands: readonly SignedIn[]): Promise<Made[]> {
  const cases: Made[] = [];
  for (let at = 0; at < CASES; at += 1) cases.push(await registerCase(app, hands[at % 2] as SignedIn));
  return cases;
}

async function refer(
  app: TestApp,
  hands: readonly SignedIn[],
  { cases, caseOf }: { cases: readonly Made[]; caseOf: readonly number[] },
): Promise<Made[]> {
  const desk = await signIn(app, DESK);
  const made: Made[] = [];
  for (const [at, way] of WAYS.entries()) {
    const of = caseOf[at] ?? 0;
    const hand = hands[of % 2] as SignedIn;
    const caseId = cases[of]?.id ?? '';
    const consent = await recordConsent(app, hand, { caseId });
    const { id } = await draftReferral(app, hand, { caseId });
    for (const step of way) await take(step, { id, consentId: consent.id, hand, desk });
    made.push({ id, code: '' });
  }
  return made;
}

type Step = (typeof WAYS)[number][number];

async function take(
  step: Step,
  { id, consentId, hand, desk }: { id: string; consentId: string; hand: SignedIn; desk: SignedIn },
): Promise<void> {
  const of = `/api/referrals/${id}`;
  const steps: Record<Step, () => ReturnType<SignedIn['post']>> = {
    dispatch: () => hand.post(`${of}/dispatch`, { consentId }),
    receipt: () => desk.post(`${of}/receipt`),
    acceptance: () => desk.post(`${of}/acceptance`, { assigneeIds: [desk.staffId] }),
    start: () => desk.post(`${of}/start`),
    completion: () => desk.post(`${of}/completion`, COMPLETION),
    decline: () => desk.post(`${of}/decline`, { reason: 'NO_CAPACITY' }),
    recall: () => hand.post(`${of}/recall`, { reason: 'SAFETY' }),
    withdrawal: () => hand.post(`/api/consents/${consentId}/withdrawal`, { reason: 'SAFETY' }),
  };
  done(await steps[step]());
}

/** The desks of both owners, and a supervisor of the first, once each. */
async function openInEmergency(app: TestApp, cases: readonly Made[], people: readonly Person[]): Promise<void> {
  for (const [at, nth] of [
    [1, 0],
    [2, 0],
    [6, 1],
  ] as const) {
    const who = people[at] as Person;
    const client = aClient(app.url, { cookie: `so=${who.token.toString('base64url')}` });
    const { password } = accountOf(DESK);
    const body = { reasonCode: 'LIFE_DANGER', reasonText: 'Người bị bạo lực gọi cầu cứu.', password };
    done(await client.post(`/api/cases/${cases[nth]?.code}/break-glass`, body), 201);
  }
}

type Drawn = { drawn: Sketch; cases: readonly Made[]; referrals: readonly Made[] };

async function join(
  { database }: TestApp,
  people: readonly Person[],
  { drawn, cases, referrals }: Drawn,
): Promise<void> {
  const put = (staff: Person | undefined, subject: Made | undefined, more: { role: string; isOver: boolean }) =>
    database.ask(
      `insert into hien.case_member (grant_id, staff_id, agency_id, subject_kind, subject_id, case_id, member_role, begins_at, ends_at)
         select g.id, $1, $2, g.subject_kind, g.subject_id, g.case_id, $4, now(), case when $5 then now() - interval '1 hour' end
           from hien.access_grant g where g.subject_id = $3 and g.holder_id = $2 on conflict do nothing`,
      [staff?.id, staff?.agencyId, subject?.id, more.role, more.isOver],
    );
  for (const { of, who, isLead, isOver } of drawn.joins)
    await put(people[(of % 2) * 5 + who], cases[of], { role: isLead ? 'lead' : 'member', isOver });
  for (const { of, who } of drawn.assigned)
    await put(people[10 + who], referrals[of], { role: 'member', isOver: false });
}

/** The last case belongs to named people only: who registered it, and a case worker of the draw who leads it as well. */
async function restrictLast({ database }: TestApp, hands: readonly SignedIn[], cases: readonly Made[]): Promise<void> {
  const [hand, of] = [hands[(CASES - 1) % 2] as SignedIn, cases.at(-1)];
  const memberIds = [hand.staffId, '0197c1c8-0280-7d00-8d00-000000000010'];
  done(await hand.put(`/api/cases/${of?.id}/restriction`, { reasonCode: 'SAFETY', memberIds }));
  await database.ask(`update hien.case_member set member_role = 'lead' where case_id = $1`, [of?.id]);
}

async function bar(
  { database }: TestApp,
  people: readonly Person[],
  { drawn, cases }: Pick<Drawn, 'drawn' | 'cases'>,
): Promise<void> {
  // The case worker who leads the restricted case stays, or nobody could show that it opens.
  for (const { of, who } of drawn.bars.filter((each) => each.of !== CASES - 1 || each.who !== 5))
    await database.ask(`insert into hien.conflict_bar (case_id, staff_id, origin) values ($1, $2, 'exclusion')`, [
      cases[of]?.id,
      people[who]?.id,
    ]);
  // A doubt about the supervisor of each owner, and about somebody at the recipient.
  for (const [of, who] of [
    [0, 2],
    [1, 7],
    [2, 13],
    [3, 13],
  ] as const)
    await database.ask('insert into hien.conflict_doubt (case_id, staff_id) values ($1, $2)', [
      cases[of]?.id,
      people[who]?.id,
    ]);
}

async function saveDrafts(callers: readonly Caller[]): Promise<HttpStage['drafts']> {
  const drafts: HttpStage['drafts'] = [];
  for (const { who, client } of callers.slice(0, 2)) {
    const id = who.id.replace('-7d00-', '-7f00-');
    done(await client.put(`/api/drafts/${id}`, { page: 1, content: {} }));
    drafts.push({ id, staffId: who.id });
  }
  return drafts;
}
