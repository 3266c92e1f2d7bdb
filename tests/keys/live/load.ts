import type { Person } from '../../support/actors.ts';
import type { TestApp } from '../../support/app.ts';
import { aViolenceCase } from '../../support/bodies.ts';
import type { Reply } from '../../support/http.ts';
import { aConsent, aReferral, done, registerCase, type Registered } from '../../support/seed.ts';

export type Crew = { worker: Person; desk: Person };
export type Stock = { cases: Registered[]; referralIds: string[] };
/** What was asked meanwhile, and every answer that was not 2xx. */
export type Load = { requests: number; failed: string[] };

/** One body for all: every planted word is looked for in the whole log when the file ends. */
type Bodies = { violence: unknown; consent: unknown; referral: unknown };

function bodiesOf(app: TestApp): Bodies {
  return { violence: aViolenceCase(app.clock), consent: aConsent(app), referral: aReferral(app) };
}

/** Cases of one office; every fourth with a referral on its way to the ward police. */
export async function stockUp(app: TestApp, { worker }: Crew, count: number): Promise<Stock> {
  const stock: Stock = { cases: [], referralIds: [] };
  const bodies = bodiesOf(app);
  for (let n = 0; n < count; n += 1) {
    const made = await registerCase(app, worker, bodies.violence);
    stock.cases.push(made);
    if (n % 4 === 0) stock.referralIds.push(await referred(worker, made.id, bodies));
  }
  return stock;
}

async function referred(worker: Person, caseId: string, bodies: Bodies): Promise<string> {
  const consent = done<{ id: string }>(await worker.post(`/api/cases/${caseId}/consents`, bodies.consent), 201);
  const draft = done<{ id: string }>(await worker.post(`/api/cases/${caseId}/referrals`, bodies.referral), 201);
  done(await worker.post(`/api/referrals/${draft.id}/dispatch`, { consentId: consent.id }));
  return draft.id;
}

/** People at work until told to stop: reading, registering, changing, referring, saving drafts. */
export function putUnderLoad(app: TestApp, crew: Crew, stock: Stock): { load: Load; stop(): Promise<void> } {
  const load: Load = { requests: 0, failed: [] };
  const bodies = bodiesOf(app);
  let isOn = true;
  const count = (what: string, reply: Reply<unknown>): void => {
    load.requests += 1;
    if (reply.status >= 300) load.failed.push(`${what}: ${reply.status} ${reply.text}`);
  };
  const deeds = [reading, listing, registering, referring, drafting].map(async (deed, nth) => {
    for (let n = nth; isOn; n += 1) await deed({ bodies, crew, stock, count }, n);
  });
  return {
    load,
    async stop() {
      isOn = false;
      await Promise.all(deeds);
    },
  };
}

type On = { bodies: Bodies; crew: Crew; stock: Stock; count: (what: string, reply: Reply<unknown>) => void };

async function reading({ crew, stock, count }: On, n: number): Promise<void> {
  const one = stock.cases[(n * 7) % stock.cases.length];
  count('open case', await crew.worker.get(`/api/cases/${one?.id ?? ''}`));
  const referralId = stock.referralIds[n % stock.referralIds.length] ?? '';
  count('open referral as sender', await crew.worker.get(`/api/referrals/${referralId}`));
  count('open referral as desk', await crew.desk.get(`/api/referrals/${referralId}`));
}

async function listing({ crew, count }: On): Promise<void> {
  count('inbox', await crew.desk.get('/api/referrals?box=inbox&limit=50'));
  count('outbox', await crew.worker.get('/api/referrals?box=outbox&limit=50'));
  count('cases', await crew.worker.get('/api/cases?limit=50'));
}

async function registering({ bodies, crew, stock, count }: On): Promise<void> {
  const reply = await crew.worker.post<Registered>('/api/cases', bodies.violence);
  count('register', reply);
  if (reply.status === 201) stock.cases.push(reply.body);
}

async function referring({ bodies, crew, stock, count }: On, n: number): Promise<void> {
  const caseId = stock.cases[(n * 3) % stock.cases.length]?.id ?? '';
  const consent = await crew.worker.post(`/api/cases/${caseId}/consents`, bodies.consent);
  count('consent', consent);
  const draft = await crew.worker.post(`/api/cases/${caseId}/referrals`, bodies.referral);
  count('draft', draft);
  const id = String(draft.body['id']);
  const sent = await crew.worker.post(`/api/referrals/${id}/dispatch`, { consentId: consent.body['id'] });
  count('dispatch', sent);
  if (sent.status < 300) stock.referralIds.push(id);
}

const DRAFT_ID = '0197c1c8-0280-7f00-8f00-00000000000b';

async function drafting({ bodies, crew, count }: On): Promise<void> {
  const content = { begun: bodies.violence };
  count('save draft', await crew.worker.put(`/api/drafts/${DRAFT_ID}`, { page: 1, content }));
  count('open draft', await crew.worker.get(`/api/drafts/${DRAFT_ID}`));
}
