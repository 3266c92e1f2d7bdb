import fc from 'fast-check';
import {
  AGENCIES,
  CAST,
  PER_AGENCY,
  worldSketch,
  type CaseSketch,
  type FindingSketch,
  type ReferralSketch,
} from './sketch.ts';
import type {
  Agency,
  Bar,
  Case,
  Consent,
  End,
  Finding,
  Grant,
  Membership,
  Opening,
  Person,
  Referral,
  World,
} from './world.ts';

/** Worlds that follow from the seed; `first` keeps the ids of several draws in one database apart. */
export function worldsOf(seed: number, count: number, first = 1): World[] {
  return fc.sample(worldSketch, { seed, numRuns: count }).map((sketch, at) => build(first + at, sketch));
}

type Maker = { id(): string; people: Person[]; agencies: Agency[] };

type WorldSketch = { extra: string[][]; cases: CaseSketch[]; referrals: ReferralSketch[]; findings: FindingSketch[] };

function build(number: number, sketch: WorldSketch): World {
  let made = 0;
  const id = (): string => {
    made += 1;
    return `${number.toString(16).padStart(8, '0')}-0000-7000-8000-${made.toString(16).padStart(12, '0')}`;
  };
  const agencies = Array.from({ length: AGENCIES }, (_, at) => ({ id: id(), area: areaOf(number, at), spareId: id() }));
  const people = agencies.flatMap((agency, at) => {
    const extra = sketch.extra.slice(at * (PER_AGENCY - CAST.length), (at + 1) * (PER_AGENCY - CAST.length));
    return [...CAST, ...extra].map((roles) => aPerson(id(), agency.id, roles));
  });
  const maker = { id, people, agencies };
  const cases = sketch.cases.map((each) => caseOf(maker, each));
  // Nothing is sent from a case that is only just being registered.
  const settled = cases.filter((each) => each.grants.length > 0);
  const referrals = sketch.referrals.map((each) => referralOf(maker, settled[each.of % settled.length] as Case, each));
  const findings = sketch.findings.flatMap((each) => findingOf(maker, each));
  return { number, agencies, people, cases, referrals, findings };
}

/** The first agency oversees the whole of the world's areas, the others sit in one each. */
export function areaOf(number: number, at: number): string {
  return at === 0 ? `w${number}` : `w${number}.${at}`;
}

function aPerson(id: string, agencyId: string, roles: readonly string[]): Person {
  return { id, agencyId, roles: [...roles].toSorted(), token: Buffer.from(id.replaceAll('-', ''), 'hex') };
}

function staffOf({ people, agencies }: Maker, agencyId: string): Person[] {
  return people.slice(agencies.findIndex((each) => each.id === agencyId) * PER_AGENCY).slice(0, PER_AGENCY);
}

type Sketched = { who: number; isLead: boolean; end: End; hasMoved: boolean };

function membersOf(maker: Maker, agencyId: string, sketched: readonly Sketched[]): Membership[] {
  const staff = staffOf(maker, agencyId);
  const elsewhere = staffOf(maker, othersOf(maker, agencyId)[0]?.id ?? '');
  return sketched.map((each) => ({
    staffId: (each.hasMoved ? elsewhere : staff)[each.who]?.id ?? '',
    role: each.isLead ? 'lead' : 'member',
    end: each.end,
  }));
}

function caseOf(maker: Maker, sketch: CaseSketch): Case {
  const ownerId = maker.agencies[sketch.owner]?.id ?? '';
  const caseId = maker.id();
  // Nobody holds anything yet of a case that is only just being registered.
  const settled =
    sketch.isNew && !sketch.isRestricted
      ? { grants: [], openings: [], bars: [], hasStrays: false }
      : settledCase(maker, { sketch, ownerId, caseId });
  return {
    id: caseId,
    ownerId,
    createdBy: staffOf(maker, ownerId)[sketch.createdBy]?.id ?? '',
    isRestricted: sketch.isRestricted,
    ...settled,
    consents: consentsOf(maker, { sketch, ownerId, caseId }),
    doubts: sketch.doubts.map((who) => ({ id: maker.id(), staffId: maker.people[who]?.id ?? '' })),
  };
}

type Settling = { sketch: CaseSketch; ownerId: string; caseId: string };

function settledCase(maker: Maker, about: Settling): Pick<Case, 'grants' | 'openings' | 'bars' | 'hasStrays'> {
  const { sketch, ownerId } = about;
  const members = membersOf(maker, ownerId, sketch.team);
  const openings = openingsOf(maker, { sketch, ownerId, taken: members });
  const under = [...members, ...openings.map(({ staffId, end: until }) => asMember(staffId, until))];
  const grants = caseGrants(maker, { ...about, under });
  return { grants, openings, bars: barsOf(maker, sketch, ownerId), hasStrays: sketch.hasStrays };
}

function consentsOf(maker: Maker, { sketch, ownerId, caseId }: Settling): Consent[] {
  const others = othersOf(maker, ownerId);
  return sketch.consents.map(({ to, state }, nth) => ({
    id: maker.id(),
    caseId,
    ownerId: sketch.hasStrays && nth === 1 ? (others[0]?.id ?? '') : ownerId,
    recipientId: others[to]?.id ?? '',
    state,
  }));
}

function barsOf(maker: Maker, sketch: CaseSketch, ownerId: string): Bar[] {
  const home = sketch.barsAtHome.map((who) => ({ staffId: staffOf(maker, ownerId)[who]?.id ?? '', isLifted: false }));
  const others = sketch.bars.map(({ who, isLifted }) => ({ staffId: maker.people[who]?.id ?? '', isLifted }));
  return [...home, ...others.filter(({ staffId }) => !home.some((each) => each.staffId === staffId))];
}

function asMember(staffId: string, until: End): Membership {
  return { staffId, role: 'member', end: until };
}

/** Emergency access of colleagues outside the team, some of whom have left since; each was a membership for as long as it ran. */
function openingsOf(
  maker: Maker,
  about: { sketch: CaseSketch; ownerId: string; taken: readonly Membership[] },
): Opening[] {
  const staff = staffOf(maker, about.ownerId);
  const elsewhere = staffOf(maker, othersOf(maker, about.ownerId)[0]?.id ?? '');
  const people = about.sketch.openings.map(({ who, end: until, hasMoved }) => ({
    staffId: (hasMoved ? elsewhere : staff)[who]?.id ?? '',
    end: until,
  }));
  const outside = people.filter(({ staffId }) => !about.taken.some((each) => each.staffId === staffId));
  return outside.map((each) => ({ id: maker.id(), ...each }));
}

/** Beside what the owner's side holds: a grant of the statistics, of the guardian, or of one named person of the team. */
function caseGrants(
  maker: Maker,
  about: { sketch: CaseSketch; ownerId: string; caseId: string; under: Membership[] },
): Grant[] {
  const { sketch, ownerId, caseId, under } = about;
  const own = grantsOf(
    maker,
    { about: 'case', subjectId: caseId, ownerId, end: sketch.grantEnd },
    { ...sketch, under },
  );
  const base = { ownerId, about: 'case', subjectId: caseId, end: 'open' } as const;
  own.push(...furtherGrants(maker, base, { sketch, under }));
  const stray = othersOf(maker, ownerId)[0]?.id ?? '';
  if (sketch.hasStrays)
    own.push({ ...base, id: maker.id(), ownerId: stray, holderKind: 'statistics', holderId: maker.id(), members: [] });
  return own;
}

function furtherGrants(
  maker: Maker,
  base: Pick<Grant, 'ownerId' | 'about' | 'subjectId' | 'end'>,
  { sketch, under }: { sketch: CaseSketch; under: Membership[] },
): Grant[] {
  const { further, isRestricted } = sketch;
  if (further === 'statistics' || further === 'guardian')
    return [{ ...base, id: maker.id(), holderKind: further, holderId: maker.id(), members: [] }];
  const named = further === 'person' ? under[0] : outsiderOf(maker, base.ownerId, { further, under });
  if (named === undefined || isRestricted) return [];
  return [{ ...base, id: maker.id(), holderKind: 'staff', holderId: named.staffId, members: [named] }];
}

/** A colleague who works under no other grant. */
function outsiderOf(
  maker: Maker,
  ownerId: string,
  { further, under }: { further: string; under: readonly Membership[] },
): Membership | undefined {
  if (further !== 'outsider') return undefined;
  const outside = staffOf(maker, ownerId).find(({ id }) => under.every(({ staffId }) => staffId !== id));
  return outside && asMember(outside.id, 'open');
}

/** What the owner's side holds: the agency, or in a restricted case each named person a grant of her own. */
function grantsOf(
  maker: Maker,
  about: { about: Grant['about']; subjectId: string; ownerId: string; end: End },
  { isRestricted, under }: { isRestricted: boolean; under: Membership[] },
): Grant[] {
  const base = { ...about };
  if (!isRestricted)
    return [{ id: maker.id(), holderKind: 'agency', holderId: about.ownerId, ...base, members: under }];
  return under.map((each) => ({
    id: maker.id(),
    holderKind: 'staff',
    holderId: each.staffId,
    ...base,
    members: about.about === 'case' ? [each] : [],
  }));
}

/** Nobody records what she did herself. */
function findingOf(maker: Maker, sketch: FindingSketch): Finding[] {
  const { id: agencyId } = maker.agencies[sketch.agency] as Agency;
  const home = staffOf(maker, agencyId);
  const auditor = home[sketch.auditor] as Person;
  const audit = home.filter(({ roles }) => roles.includes('auditor'));
  const among = sketch.isAboutAuditor && audit.length > 0 ? audit : maker.people;
  const actor = among[sketch.actor % among.length] as Person;
  if (actor === auditor) return [];
  const { state } = sketch;
  const wasAsked = ['asked', 'answered'].includes(state);
  const about = { agencyId, auditorId: auditor.id, actorId: actor.id, actorAgencyId: actor.agencyId };
  return [{ id: maker.id(), ...about, state, explanation: wasAsked ? { id: maker.id() } : null }];
}

function othersOf({ agencies }: Maker, ownerId: string): Agency[] {
  return agencies.filter((each) => each.id !== ownerId);
}

function referralOf(maker: Maker, of: Case, sketch: ReferralSketch): Referral {
  const id = maker.id();
  const others = othersOf(maker, of.ownerId);
  const recipientId = others[sketch.to]?.id ?? '';
  // A stray says that the third agency sent it, of a case that is not its own.
  const third = others.find((each) => each.id !== recipientId)?.id ?? '';
  const senderId = sketch.isStray ? third : of.ownerId;
  const about = { about: 'referral', subjectId: id, ownerId: senderId, end: 'open' } as const;
  const under = of.isRestricted ? of.grants.flatMap((grant) => grant.members) : [];
  const own = grantsOf(maker, about, { isRestricted: of.isRestricted, under });
  // Also where the state gives the recipient none in life: what a state forbids, it must forbid by itself.
  const theirs: Grant = {
    id: maker.id(),
    holderKind: 'agency',
    holderId: recipientId,
    ownerId: senderId,
    about: 'referral',
    subjectId: id,
    end: sketch.grantEnd,
    members: membersOf(maker, recipientId, sketch.assigned),
  };
  const { state, isLapsed } = sketch;
  const parties = { caseId: of.id, senderId, recipientId, createdBy: of.createdBy };
  // What guardian or statistics hold of the case they hold of this as well.
  const guarded = of.grants
    .filter(({ holderKind, ownerId }) => ['guardian', 'statistics'].includes(holderKind) && ownerId === of.ownerId)
    .map(({ holderKind, holderId }): Grant => ({ ...about, id: maker.id(), holderKind, holderId, members: [] }));
  return { id, ...parties, state, isLapsed, grants: [...own, ...guarded, theirs] };
}
