import { randomUUID } from 'node:crypto';
import type { Endpoint } from '../../server/http/endpoint.ts';
import { COMPLETION } from '../support/seed.ts';
import type { Caller, HttpStage } from './http-stage.ts';
import * as oracle from './oracle.ts';
import type { Thing } from './oracle.ts';
import type { Case, Finding, Person } from './world.ts';

/** One thing that a route can be asked about: the id in its path, and what the prose knows of it. */
export type Target = {
  id: string;
  thing: Thing;
  /** Whether the row exists for this person at all. */
  isKnown(who: Person): boolean;
  /** Versions and people that make a valid request of it. */
  of?: Case;
};

const OFFICE: Target = { id: '', thing: { kind: 'office' }, isKnown: () => true };

/** Which things each kind of subject has in this world. */
export function targetsOf({ world, drafts }: Pick<HttpStage, 'world' | 'drafts'>, endpoint: Endpoint): Target[] {
  const { subject, path } = endpoint;
  const cases = new Map(world.cases.map((of) => [of.id, of]));
  if (path.includes(':draftId') && endpoint.action !== 'draft.save')
    return drafts.map(({ id, staffId }) => ({ ...OFFICE, id, isKnown: (who) => who.id === staffId }));
  if (subject.kind === 'log') return [{ ...OFFICE, thing: { kind: 'log' } }];
  if (subject.kind === 'office') return [{ ...OFFICE, id: randomUUID() }];
  if (subject.kind === 'finding' || subject.kind === 'explanation')
    return targetsOfReview(world.findings, subject.kind);
  if (subject.kind === 'referral')
    return world.referrals.map((referral) => {
      const of = cases.get(referral.caseId) as Case;
      return {
        id: referral.id,
        of,
        thing: { kind: 'referral', of, referral },
        isKnown: (who) => oracle.knowsReferral(who, of, referral),
      };
    });
  return world.cases.flatMap((of) => targetsInCase(of, endpoint));
}

function targetsOfReview(findings: readonly Finding[], kind: 'finding' | 'explanation'): Target[] {
  const isKnown = kind === 'finding' ? oracle.knowsFinding : oracle.isAsked;
  return findings.flatMap((finding) => {
    const id = kind === 'finding' ? finding.id : finding.explanation?.id;
    return id === undefined ? [] : [{ id, thing: { kind, finding }, isKnown: (who: Person) => isKnown(who, finding) }];
  });
}

function targetsInCase(of: Case, { subject, action }: Endpoint): Target[] {
  const thing: Thing = { kind: 'case', of };
  if (subject.kind === 'consent')
    return of.consents.map((consent) => ({
      id: consent.id,
      of,
      thing: { kind: 'consent', of, consent },
      isKnown: (who) => oracle.knowsCase(who, of),
    }));
  if (subject.kind === 'break_glass')
    return of.openings.map((opening) => ({
      id: opening.id,
      of,
      thing: { kind: 'break_glass', of, opening },
      isKnown: (who) => oracle.knowsOpening(who, of, opening),
    }));
  // A doubt about the asking person is none.
  if (subject.kind === 'doubt')
    return of.doubts.map(({ id, staffId }) => ({
      id,
      of,
      thing,
      isKnown: (who) => staffId !== who.id && oracle.knowsCase(who, of),
    }));
  // Whom an emergency lets in does not know the case yet.
  const isKnown = (who: Person): boolean =>
    action === 'break_glass.open' ? !oracle.isBarred(who, of) : oracle.knowsCase(who, of);
  return [{ id: of.id, of, thing, isKnown }];
}

/** The purpose that a request has when it states none, from the prose: what is done, and in which role it can be done. */
export function usualPurpose(action: string, who: Person, { thing }: Target): string {
  const [domain = ''] = action.split('.');
  const fixed = FIXED_PURPOSES[action] ?? FIXED_PURPOSES[domain];
  if (fixed !== undefined) return fixed;
  if (/^referral\.(open|list|receive|accept|decline|assign|start|complete)$/.test(action)) return 'referral_service';
  // Who works on the case works; a supervisor who does not, reviews.
  return who.roles.includes('supervisor') && !worksOn(who, thing) ? 'oversight' : 'case_work';
}

const FIXED_PURPOSES: Readonly<Record<string, string>> = {
  audit: 'review',
  finding: 'review',
  explanation: '',
  staff: 'administration',
  session: '',
  directory: '',
  'break_glass.open': 'emergency',
};

function worksOn(who: Person, thing: Thing): boolean {
  const isOutside = (thing.kind === 'case' || thing.kind === 'consent') && !oracle.isOnTeam(who, thing.of);
  return !isOutside && who.roles.some((role) => ['case_worker', 'duty_officer'].includes(role));
}

export type Sent = { method: string; path: string; body?: unknown; headers: Record<string, string> };

/** A valid request: whoever may, gets it done, or is told of the present state. */
export function requestOf(
  endpoint: Endpoint,
  target: Target,
  stage: HttpStage & { purpose: string | undefined; caller: Caller },
): Sent {
  const { method, action, example } = endpoint;
  const body = BODIES[action]?.(target, stage) ?? example;
  const named = namesFor(stage);
  const path = endpoint.path.replaceAll(/[:*](\w+)/g, (_whole, name: string) => named[name] ?? target.id);
  const stated: Record<string, string> = stage.purpose === undefined ? {} : { 'access-purpose': stage.purpose };
  return {
    method: method.toUpperCase(),
    path: `${path}${QUERIES[endpoint.path] ?? ''}`,
    ...(body === undefined ? {} : { body }),
    headers: { ...stated, ...(endpoint.needsVersion === true ? { 'if-match': '"1"' } : {}) },
  };
}

/** What paths name beside the target: oneself, a deed that her agency's auditor reads, the first hash of the log's tree. */
function namesFor({ caller, deeds }: HttpStage & { caller: Caller }): Readonly<Record<string, string | undefined>> {
  return { staffId: caller.who.id, eventId: deeds.get(caller.who.agencyId)?.id, level: '0', tile: '000.p/1' };
}

const DAY = 86_400_000;
const LAST_DAY = `?from=${new Date(Date.now() - DAY).toISOString()}&to=${new Date(Date.now() + DAY).toISOString()}`;

const QUERIES: Readonly<Record<string, string>> = {
  '/api/cases/:caseId/referral-options': '?service=POL.STATEMENT',
  '/api/referrals': '?box=inbox',
  '/api/break-glass': '?box=mine',
  '/api/audit/heat': LAST_DAY,
  '/api/audit/outliers': LAST_DAY,
  '/api/directory/staff': '?agencyId=0197c1c8-0280-7a00-8a00-000000000002',
};

const BODIES: Readonly<Record<string, (target: Target, stage: HttpStage & { caller: Caller }) => unknown>> = {
  'session.open': (_target, { caller, password }) => ({ username: `drawn.${caller.who.id}`, password }),
  'session.unlock': (_target, { password }) => ({ password }),
  'break_glass.open': (_target, { password }) => ({
    reasonCode: 'LIFE_DANGER',
    reasonText: 'Người bị bạo lực gọi cầu cứu.',
    password,
  }),
  'case.restrict': ({ of }, { caller }) => ({
    reasonCode: 'SAFETY',
    memberIds: [...new Set([caller.who.id, of?.createdBy])],
  }),
  'finding.record': (_target, { caller, deeds }) => {
    const deed = deeds.get(caller.who.agencyId);
    return { actorId: deed?.actorId, eventIds: [deed?.id], note: 'Nhiều lần mở hồ sơ không được phân công.' };
  },
  'referral.complete': () => COMPLETION,
  'referral.accept': assigning,
  'referral.assign': assigning,
  'referral.dispatch': ({ of }) => ({
    consentId: of?.consents.find((each) => each.state === 'valid')?.id ?? randomUUID(),
  }),
};

/** To somebody of the own agency whom nothing keeps away. */
function assigning({ of }: Target, { world, caller }: HttpStage & { caller: Caller }): unknown {
  const free = world.people.find(
    (each) =>
      each.agencyId === caller.who.agencyId &&
      of !== undefined &&
      !oracle.isBarred(each, of) &&
      each.roles.includes('duty_officer'),
  );
  return { assigneeIds: [free?.id ?? caller.who.id] };
}
