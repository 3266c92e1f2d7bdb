import { randomUUID } from 'node:crypto';
import type { CaseView } from '../../server/cases/cases.contract.ts';
import type { ConsentView } from '../../server/consent/consent.contract.ts';
import type { ReferralView } from '../../server/referrals/referrals.contract.ts';
import { AGENCY, type Person } from './actors.ts';
import type { TestApp } from './app.ts';
import { aViolenceCase, type Changes } from './bodies.ts';
import { canary } from './canary.ts';
import type { Reply } from './http.ts';

export type Registered = {
  id: string;
  code: string;
  version: number;
  stage: string;
  priority: number;
  dueAt: string | null;
};

/** What police may get by default; enough for most stories. */
export const POLICE_FIELDS = [
  'case_code',
  'name',
  'birth',
  'sex',
  'safe_contact',
  'violence_type',
  'incident_time',
  'perpetrator_identity',
  'risk',
];

export async function registerCase(
  app: TestApp,
  worker: Person,
  body: unknown = aViolenceCase(app.clock),
): Promise<Registered> {
  return done<Registered>(await worker.post('/api/cases', body), 201);
}

export async function openCase(worker: Person, caseId: string): Promise<CaseView> {
  return done<CaseView>(await worker.get(`/api/cases/${caseId}`));
}

export function aConsent(app: TestApp, changes: Changes = {}) {
  return {
    recipientAgencyId: AGENCY.policeSonTra,
    purpose: 'referral_service',
    fields: POLICE_FIELDS,
    validUntil: app.clock.day(180),
    consenter: 'SELF',
    evidence: 'SIGNATURE',
    language: 'VIE',
    explainedOn: app.clock.day(),
    textVersion: 'mau-dong-y-2026-1',
    excluded: canary('không nói với '),
    ...changes,
  };
}

export async function recordConsent(
  app: TestApp,
  worker: Person,
  given: { caseId: string } & Changes,
): Promise<ConsentView> {
  const { caseId, ...changes } = given;
  return done<ConsentView>(await worker.post(`/api/cases/${caseId}/consents`, aConsent(app, changes)), 201);
}

export function aReferral(app: TestApp, changes: Changes = {}) {
  return {
    recipientAgencyId: AGENCY.policeSonTra,
    service: 'POL.STATEMENT',
    urgency: 'U3',
    purpose: 'referral_service',
    fields: POLICE_FIELDS,
    note: canary('đề nghị '),
    endsOn: app.clock.day(90),
    ...changes,
  };
}

export async function draftReferral(
  app: TestApp,
  worker: Person,
  given: { caseId: string } & Changes,
): Promise<ReferralView> {
  const { caseId, ...changes } = given;
  return done<ReferralView>(await worker.post(`/api/cases/${caseId}/referrals`, aReferral(app, changes)), 201);
}

export type Sent = { caseId: string; code: string; consentId: string; referralId: string };

/** A whole way: case, consent, draft, dispatch. `changes` are those of the referral; its fields and recipient are agreed to. */
export async function sendReferral(app: TestApp, worker: Person, changes: Changes = {}): Promise<Sent> {
  const { urgency, ...draft } = await draftWithConsent(app, worker, changes);
  done(await dispatch(worker, draft.referralId, { consentId: draft.consentId, ...callFor(app, urgency) }));
  return draft;
}

/** A draft that may go at once, on a consent of its own. */
export async function draftWithConsent(app: TestApp, worker: Person, changes: Changes = {}) {
  const { caseId, code } = await caseOf(app, worker, changes['caseId']);
  const { caseId: _id, ...rest } = changes;
  const referral = aReferral(app, rest);
  const { recipientAgencyId, fields, purpose, urgency } = referral;
  const consent = await recordConsent(app, worker, { caseId, recipientAgencyId, fields, purpose });
  const draft = done<ReferralView>(await worker.post(`/api/cases/${caseId}/referrals`, referral), 201);
  return { caseId, code, consentId: consent.id, referralId: draft.id, urgency };
}

export function dispatch(worker: Person, referralId: string, body: unknown): Promise<Reply<ReferralView>> {
  return worker.post<ReferralView>(`/api/referrals/${referralId}/dispatch`, body);
}

/** The desk accepts and assigns `officer`. */
export async function acceptReferral(
  desk: Person,
  referralId: string,
  officer: { staffId: string },
): Promise<ReferralView> {
  return done<ReferralView>(
    await desk.post(`/api/referrals/${referralId}/acceptance`, { assigneeIds: [officer.staffId] }),
  );
}

export function openReferral(who: Person, referralId: string): Promise<Reply<ReferralView>> {
  return who.get<ReferralView>(`/api/referrals/${referralId}`);
}

export const COMPLETION = { outcome: 'SERVICE_GIVEN', services: ['POL.STATEMENT'] };

/** A fresh `Idempotency-Key`. */
export function aKey(): { 'idempotency-key': string } {
  return { 'idempotency-key': randomUUID() };
}

/** The body of an answer that must have gone well. */
export function done<T>(reply: Reply<unknown>, status = 200): T {
  if (reply.status !== status) throw new Error(`expected ${status}, got ${reply.status}: ${reply.text}`);
  return reply.body as T;
}

async function caseOf(app: TestApp, worker: Person, caseId: unknown): Promise<{ caseId: string; code: string }> {
  if (typeof caseId === 'string') return { caseId, code: '' };
  const made = await registerCase(app, worker);
  return { caseId: made.id, code: made.code };
}

function callFor(app: TestApp, urgency: string) {
  if (urgency !== 'U0') return {};
  return { call: { calledAt: new Date(app.clock.now()).toISOString(), spokeTo: canary('đồng chí '), isReached: true } };
}
