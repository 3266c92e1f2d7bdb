/**
 * The walls as a lawyer would tell them, written from the prose of the design (§5, §7), not from Cedar and not from SQL.
 * Two questions: which rows exist for a person at all (`know…`), and what a person may do, for which purpose (`mayDo`).
 * They differ where the prose says so: rows are there for lists and handovers that a role alone may not open.
 */
import type { Case, Consent, End, Finding, Grant, Opening, Person, Referral, World } from './world.ts';

export type Thing =
  | { kind: 'case'; of: Case }
  | { kind: 'consent'; of: Case; consent: Consent }
  | { kind: 'referral'; of: Case; referral: Referral }
  | { kind: 'break_glass'; of: Case; opening: Opening }
  | { kind: 'finding'; finding: Finding }
  | { kind: 'explanation'; finding: Finding }
  | { kind: 'office' }
  | { kind: 'log' };

const has = (who: Person, ...roles: string[]): boolean => who.roles.some((role) => roles.includes(role));
const worksOnCases = (who: Person): boolean => has(who, 'case_worker', 'duty_officer');
const stillRuns = (end: End): boolean => end !== 'over';
const DRAFTS = ['draft', 'awaiting_consent'];

// --- Where a person stands ---

function membershipOf(who: Person, grants: readonly Grant[]) {
  return grants.flatMap((grant) => grant.members).find((each) => each.staffId === who.id && stillRuns(each.end));
}
export const isOnTeam = (who: Person, of: Case): boolean => membershipOf(who, of.grants) !== undefined;
const isLead = (who: Person, of: Case): boolean =>
  of.grants.some((grant) =>
    grant.members.some((each) => each.staffId === who.id && each.role === 'lead' && stillRuns(each.end)),
  );
export const isAssigned = (who: Person, referral: Referral): boolean =>
  membershipOf(who, referral.grants) !== undefined;
export const worksUnder = (who: Person, grant: Grant): boolean => membershipOf(who, [grant]) !== undefined;
const isOwner = (who: Person, of: Case): boolean => who.agencyId === of.ownerId;
const supervises = (who: Person, of: Case): boolean => isOwner(who, of) && has(who, 'supervisor');
/** A conflict of interest that nobody lifted. */
export const isBarred = (who: Person, of: Case): boolean =>
  of.bars.some((bar) => bar.staffId === who.id && !bar.isLifted);
/** A case restricted to named persons is nothing to the rest of its own agency, the supervisor included. */
export const isShutOut = (who: Person, of: Case): boolean => of.isRestricted && isOwner(who, of) && !isOnTeam(who, of);
/** Whom nothing lets near: conflict of interest beats everything, a restriction whatever is not by name. */
const isKeptAway = (who: Person, of: Case): boolean => isBarred(who, of) || isShutOut(who, of);

// --- Which rows exist for a person ---

/** A case exists for its team, and for supervisors of the owning agency. Partners have no case. */
export function knowsCase(who: Person, of: Case): boolean {
  return !isKeptAway(who, of) && (isOnTeam(who, of) || supervises(who, of));
}

/** Which of these may be changed at all: a case of the own agency. */
export const keepsCase = (who: Person, of: Case): boolean => isOwner(who, of) && knowsCase(who, of);

/**
 * A referral exists for whom the sender's case does, and at the recipient, once sent, for the desk, the supervisor (to see
 * that it is answered in time) and whom the desk assigned.
 */
export function knowsReferral(who: Person, of: Case, referral: Referral): boolean {
  if (isKeptAway(who, of)) return false;
  if (who.agencyId === referral.senderId) return knowsCase(who, of);
  if (who.agencyId !== referral.recipientId || DRAFTS.includes(referral.state)) return false;
  return has(who, 'duty_officer', 'supervisor') || isAssigned(who, referral);
}

/** The envelope is the sender's; at the recipient it is there from acceptance on, for those assigned. */
export function ownsEnvelope(who: Person, of: Case, referral: Referral): boolean {
  if (isBarred(who, of)) return false;
  const isAccepted = ['accepted', 'in_service', 'completed'].includes(referral.state);
  return who.agencyId === referral.senderId || (isAccepted && isAssigned(who, referral));
}

export function knowsDocument(who: Person, of: Case, about: { referral?: Referral; compartment: string }): boolean {
  if (about.referral === undefined) return knowsCase(who, of);
  if (!knowsReferral(who, of, about.referral)) return false;
  return about.compartment === 'feedback' || ownsEnvelope(who, of, about.referral);
}

/**
 * Grants: seen by who works under them; by the holder's supervisor, and its desk for referrals; by the sender's team and
 * supervisor for what was shared, so that they can take it back; by the team for those of named colleagues.
 */
export function knowsGrant(who: Person, of: Case, grant: Grant): boolean {
  if (isKeptAway(who, of) || isGuarded(grant)) return false;
  return (
    worksUnder(who, grant) || holdsGrant(who, grant) || (grant.ownerId === who.agencyId && sharedGrant(who, of, grant))
  );
}

/** The grants of guardian and statistics exist for no person, not even to take them away; she can only give them. */
export const isGuarded = ({ holderKind }: Grant): boolean => ['guardian', 'statistics'].includes(holderKind);

function holdsGrant(who: Person, { holderId, about }: Grant): boolean {
  return holderId === who.agencyId && has(who, 'supervisor', ...(about === 'referral' ? ['duty_officer'] : []));
}

function sharedGrant(who: Person, of: Case, { about, holderKind }: Grant): boolean {
  if (about === 'referral') return has(who, 'supervisor') || isOnTeam(who, of);
  return holderKind === 'staff' && isOnTeam(who, of);
}

/** Memberships: one's own, also past ones; the supervisor those of her agency, the desk those of its referrals. */
export function knowsMembership(who: Person, of: Case, about: { grant: Grant; staffId: string }): boolean {
  if (isKeptAway(who, of)) return false;
  return about.staffId === who.id || managesMembers(who, of, about.grant);
}

export function managesMembers(who: Person, of: Case, grant: Grant): boolean {
  const agencyId = grant.holderKind === 'agency' ? grant.holderId : of.ownerId;
  if (isKeptAway(who, of) || agencyId !== who.agencyId) return false;
  return has(who, 'supervisor') || (grant.about === 'referral' && has(who, 'duty_officer'));
}

/**
 * Emergency access: known to who used it, to the lead, to the agency's supervisor. Also of a case that was restricted
 * since: what happened before is still to be reviewed.
 */
export function knowsOpening(who: Person, of: Case, opening: Opening): boolean {
  return !isBarred(who, of) && (opening.staffId === who.id || supervises(who, of) || isLead(who, of));
}

/** Auditors: the log of agencies in their area. The first agency of a world sits above the others. */
export function audits(who: Person, world: World, agencyIds: readonly (string | null)[]): boolean {
  const isAbove = world.agencies[0]?.id === who.agencyId;
  const scope = isAbove ? world.agencies.map((each) => each.id) : [who.agencyId];
  return has(who, 'auditor') && agencyIds.some((id) => id !== null && scope.includes(id));
}

/** Hashes and heads of the whole log are every auditor's. */
export const readsTree = (who: Person): boolean => has(who, 'auditor');

/** A finding exists for the auditors of the agency that found it, and never for whom it is about. */
export const knowsFinding = (who: Person, { agencyId, actorId }: Finding): boolean =>
  has(who, 'auditor') && who.agencyId === agencyId && who.id !== actorId;
/** What somebody is asked to explain: hers, and nothing of the finding. */
export const isAsked = (who: Person, { actorId, explanation }: Finding): boolean =>
  explanation !== null && actorId === who.id;

// --- What a person may do, and for what ---

type Ask = { who: Person; purpose: string };

/**
 * Nothing, whatever else allows it: conflict of interest; and a restriction, for all but the recipients of referrals. The
 * guardian's key is for what nobody opens any more, so a restriction does not stand in its way: its two people read nothing.
 */
function isForbidden(who: Person, action: string, thing: Thing): boolean {
  if (!('of' in thing)) return false;
  if (isBarred(who, thing.of)) return true;
  if (thing.kind === 'break_glass' || action.startsWith('guardian.')) return false;
  if (!thing.of.isRestricted || isOnTeam(who, thing.of)) return false;
  return thing.kind !== 'referral' || who.agencyId === thing.referral.senderId;
}

export function mayDo(action: string, { who, purpose }: Ask, thing: Thing): boolean {
  if (isForbidden(who, action, thing)) return false;
  const rule = RULES[`${thing.kind} ${action}`];
  return rule?.({ who, purpose }, thing as never) ?? false;
}

type Rule<T extends Thing> = (ask: Ask, thing: T) => boolean;
type OfCase = Extract<Thing, { kind: 'case' }>;
type OfConsent = Extract<Thing, { kind: 'consent' }>;
type OfReferral = Extract<Thing, { kind: 'referral' }>;
type OfOpening = Extract<Thing, { kind: 'break_glass' }>;
type OfFinding = Extract<Thing, { kind: 'finding' | 'explanation' }>;

const isStaffOfCases = (who: Person): boolean => has(who, 'case_worker', 'duty_officer', 'supervisor');

/** The team works with the case or supervises it; the supervisor reviews without names, or opens all when she says so. */
const opensCase: Rule<OfCase> = ({ who, purpose }, { of }) =>
  (isOnTeam(who, of) && isStaffOfCases(who) && ['case_work', 'supervision'].includes(purpose)) ||
  (supervises(who, of) && ['oversight', 'supervision'].includes(purpose));
const worksOnCase: Rule<OfCase> = ({ who, purpose }, { of }) =>
  isOnTeam(who, of) && worksOnCases(who) && purpose === 'case_work';
const restricts: Rule<OfCase> = ({ who, purpose }, { of }) =>
  (isLead(who, of) && isStaffOfCases(who) && ['case_work', 'supervision'].includes(purpose)) ||
  (supervises(who, of) && purpose === 'supervision');
const sends: Rule<OfReferral> = ({ who, purpose }, { of, referral }) =>
  who.agencyId === referral.senderId && isOnTeam(who, of) && worksOnCases(who) && purpose === 'case_work';
const isReceived = (who: Person, { recipientId, state }: Referral): boolean =>
  who.agencyId === recipientId && !DRAFTS.includes(state);
/** Only the recipient's desk receives, accepts, declines, assigns. */
const answers: Rule<OfReferral> = ({ who, purpose }, { referral }) =>
  isReceived(who, referral) && has(who, 'duty_officer') && purpose === 'referral_service';
/** Only those assigned start and complete, whatever their role. */
const serves: Rule<OfReferral> = ({ who, purpose }, { referral }) =>
  isReceived(who, referral) && isAssigned(who, referral) && purpose === 'referral_service';
const seesWhatWasSent: Rule<OfReferral> = ({ who }, { of, referral }) =>
  who.agencyId === referral.senderId && (has(who, 'supervisor') || (isOnTeam(who, of) && worksOnCases(who)));

const everybody = (): boolean => true;
const registers = ({ who, purpose }: Ask): boolean => worksOnCases(who) && purpose === 'case_work';
const listsCases = ({ who, purpose }: Ask): boolean =>
  isStaffOfCases(who) && ['case_work', 'supervision', 'oversight'].includes(purpose);
const ofCases = ({ who }: Ask): boolean => isStaffOfCases(who);
const reviewsLog = ({ who, purpose }: Ask): boolean => has(who, 'auditor') && purpose === 'review';
/** The operator, who reads no case, confirms what somebody else asked for. */
const confirms = ({ who, purpose }: Ask): boolean => has(who, 'operator') && purpose === 'administration';
/** An auditor of the agency that found it opens, asks and concludes; nobody does about herself. */
const follows: Rule<OfFinding> = (ask, { finding }) => reviewsLog(ask) && knowsFinding(ask.who, finding);

const RULES: Readonly<Record<string, Rule<never>>> = {
  'case case.open': opensCase,
  'case case.view_accesses': opensCase,
  'case case.change': worksOnCase,
  'case referral.options': worksOnCase,
  'case referral.draft': worksOnCase,
  'case consent.record': worksOnCase,
  'case consent.list': ((ask, thing) =>
    worksOnCase(ask, thing) || (supervises(ask.who, thing.of) && ask.purpose === 'supervision')) as Rule<OfCase>,
  'case case.restrict': restricts,
  'case case.lift_restriction': restricts,
  'case break_glass.open': (({ who, purpose }, { of }) =>
    isOwner(who, of) && !isOnTeam(who, of) && isStaffOfCases(who) && purpose === 'emergency') as Rule<OfCase>,
  'case conflict.list': (({ who }, { of }) =>
    (isOnTeam(who, of) && worksOnCases(who)) || supervises(who, of)) as Rule<OfCase>,
  'case conflict.answer': (({ who }, { of }) => supervises(who, of)) as Rule<OfCase>,
  'case case.erase_ask': (({ who, purpose }, { of }) =>
    supervises(who, of) && purpose === 'supervision') as Rule<OfCase>,
  'case case.erase': confirms,
  // The owner's supervisor or administrator agrees, an operator of whatever agency opens.
  'case guardian.agree': (({ who, purpose }, { of }) =>
    isOwner(who, of) && has(who, 'supervisor', 'agency_admin') && purpose === 'administration') as Rule<OfCase>,
  'case guardian.open': confirms,
  // Withdrawal always succeeds: for whatever purpose it is said.
  'consent consent.withdraw': (({ who }, { of }) => isOnTeam(who, of) || supervises(who, of)) as Rule<OfConsent>,
  'referral referral.open': ((ask, thing) =>
    seesWhatWasSent(ask, thing) || answers(ask, thing) || serves(ask, thing)) as Rule<OfReferral>,
  'referral referral.change': sends,
  'referral referral.discard': sends,
  'referral referral.dispatch': sends,
  'referral referral.recall': sends,
  'referral referral.receive': answers,
  'referral referral.accept': answers,
  'referral referral.decline': answers,
  'referral referral.assign': answers,
  'referral referral.start': serves,
  'referral referral.complete': serves,
  'break_glass break_glass.review': (({ who }, { of, opening }) =>
    supervises(who, of) && opening.staffId !== who.id) as Rule<OfOpening>,
  // Whoever has it ends it before its time, and nobody for her.
  'break_glass break_glass.end': (({ who }, { of, opening }) =>
    isOwner(who, of) && opening.staffId === who.id && isStaffOfCases(who)) as Rule<OfOpening>,
  'finding finding.open': follows,
  'finding finding.ask': follows,
  'finding finding.close': follows,
  'explanation explanation.answer': (({ who }, { finding }) => isAsked(who, finding)) as Rule<OfFinding>,
  'office explanation.list': everybody,
  'office session.view': everybody,
  'office session.lock': everybody,
  'office session.issue_token': everybody,
  'office directory.read': everybody,
  'office directory.colleagues': ({ who }: Ask) => has(who, 'duty_officer', 'supervisor'),
  'office directory.staff': ofCases,
  'office case.register': registers,
  'office draft.save': registers,
  'office draft.open': registers,
  'office draft.list': registers,
  'office draft.discard': registers,
  'office case.list': listsCases,
  'office case.search': listsCases,
  'office referral.list': ofCases,
  'office break_glass.list': ofCases,
  'office staff.identify': ({ who, purpose }: Ask) => has(who, 'agency_admin') && purpose === 'administration',
  'log audit.search': reviewsLog,
  'log audit.staff': reviewsLog,
  'log audit.heat': reviewsLog,
  'log audit.outliers': reviewsLog,
  'log audit.checkpoint': reviewsLog,
  'log audit.tile': reviewsLog,
  'log audit.proof': reviewsLog,
  'log audit.seal': reviewsLog,
  'log audit.archive_ask': reviewsLog,
  'log audit.archive': confirms,
  'log finding.record': reviewsLog,
  'log finding.list': reviewsLog,
};

/** Actions that the prose knows, each with the kind of thing it is done to. */
export const KNOWN_ACTIONS: readonly { kind: Thing['kind']; action: string }[] = Object.keys(RULES).map((name) => {
  const [kind = '', action = ''] = name.split(' ');
  return { kind: kind as Thing['kind'], action };
});
