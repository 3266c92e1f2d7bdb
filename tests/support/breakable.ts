import type { EventAction } from '../../server/audit/vocabulary.ts';
import { aCaseWorker, aColleague, auditor, policeDesk, policeOfficer, signIn, stranger } from './actors.ts';
import type { TestApp } from './app.ts';
import { aViolenceCase } from './bodies.ts';
import { canary } from './canary.ts';
import { aClient, type Reply } from './http.ts';
import {
  acceptReferral,
  aConsent,
  aReferral,
  draftReferral,
  openReferral,
  recordConsent,
  registerCase,
  sendReferral,
} from './seed.ts';

/** A request that asks for the same thing whenever it is sent, until it has once succeeded. */
export type Breakable = {
  what: string;
  action: EventAction;
  /** What it answers where nothing breaks. */
  status: number;
  isChange: boolean;
  ask: () => Promise<Reply<unknown>>;
};

const reading = (what: string, action: EventAction, ask: Breakable['ask']): Breakable => ({
  ...{ what, action, ask, status: 200, isChange: false },
});
const changing = (what: string, action: EventAction, ask: Breakable['ask']): Breakable => ({
  ...{ what, action, ask, status: 201, isChange: true },
});

/** One request of each kind, on a case whose every word is a planted one. */
export async function breakables(app: TestApp): Promise<Breakable[]> {
  const worker = await aCaseWorker(app);
  const desk = await policeDesk(app);
  const officer = await policeOfficer(app);
  const fullName = canary('Lan ');
  const body = aViolenceCase(app.clock, { survivor: { fullName, bornOn: '1990-01' } });
  const { id: caseId, code } = await registerCase(app, worker, body);
  const { referralId } = await sendReferral(app, worker);
  await acceptReferral(desk, referralId, officer);
  const consent = await recordConsent(app, worker, { caseId });
  const draft = await draftReferral(app, worker, { caseId });
  const on = { worker, caseId, code, fullName };
  return [
    ...(await readings(app, on)),
    reading('the inbox', 'referral.list', () => desk.get('/api/referrals?box=inbox')),
    reading('an envelope', 'referral.open', () => openReferral(officer, referralId)),
    ...changes(app, on),
    {
      ...changing('a dispatch', 'referral.dispatch', () =>
        worker.post(`/api/referrals/${draft.id}/dispatch`, { consentId: consent.id }),
      ),
      status: 200,
    },
    await anEmergency(app, code),
    await aSignIn(app),
  ];
}

type OnCase = { worker: Awaited<ReturnType<typeof aCaseWorker>>; caseId: string; code: string; fullName: string };

async function readings(app: TestApp, { worker, caseId, fullName }: OnCase): Promise<Breakable[]> {
  const other = await stranger(app);
  const reviewer = await auditor(app);
  return [
    reading('a case', 'case.open', () => worker.get(`/api/cases/${caseId}`)),
    reading('the list of cases', 'case.list', () => worker.get('/api/cases')),
    reading('a search', 'case.search', () => worker.post('/api/cases/search', { fullName, birthYear: 1990 })),
    reading('the log', 'audit.search', () => reviewer.get(`/api/audit/events?case=${caseId}`)),
    { ...reading('a refused look', 'case.open', () => other.get(`/api/cases/${caseId}`)), status: 404 },
  ];
}

function changes(app: TestApp, { worker, caseId }: OnCase): Breakable[] {
  const registration = aViolenceCase(app.clock);
  const key = { 'idempotency-key': 'one-and-the-same' };
  return [
    changing('a registration', 'case.register', () => worker.post('/api/cases', registration, key)),
    changing('a consent', 'consent.record', () => worker.post(`/api/cases/${caseId}/consents`, aConsent(app))),
    changing('a referral', 'referral.draft', () => worker.post(`/api/cases/${caseId}/referrals`, aReferral(app))),
    {
      ...changing('a change', 'case.change', () =>
        worker.patch(`/api/cases/${caseId}`, { stage: 'case_plan' }, { 'if-match': '"1"' }),
      ),
      status: 200,
    },
  ];
}

async function anEmergency(app: TestApp, code: string): Promise<Breakable> {
  const who = await aColleague(app);
  return changing('an emergency', 'break_glass.open', () =>
    who.post(`/api/cases/${code}/break-glass`, {
      reasonCode: 'LIFE_DANGER',
      reasonText: canary('Chồng đang phá cửa '),
      password: who.password,
    }),
  );
}

async function aSignIn(app: TestApp): Promise<Breakable> {
  const { username, password } = await signIn(app, 'nhung.vhxh.sontra');
  const ask = () => aClient(app.url).post('/api/session', { username, password });
  return { ...changing('signing in', 'session.open', ask), status: 200 };
}
