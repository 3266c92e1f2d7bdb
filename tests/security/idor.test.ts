import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { aCaseWorker, coordinator, policeDesk, stranger, strangerDesk, type Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { rowCounts } from '../support/log-book.ts';
import { COMPLETION, draftReferral, openReferral, recordConsent, registerCase, sendReferral } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const { caseId, consentId, referralId } = await sendReferral(app, worker);
const draft = await draftReferral(app, worker, { caseId });
const draftId = randomUUID();
await worker.put(`/api/drafts/${draftId}`, { page: 1, content: { a: 1 } });

/** Every operation that names an object, tried on an object of somebody else: those without an example need no body. */
const operations = app.context.endpoints.filter((endpoint) => endpoint.path.includes(':'));
const BODIES: Record<string, unknown> = { 'referral.complete': COMPLETION };

function pathOf(path: string, ids: Record<string, string>): string {
  return path.replaceAll(/:(\w+)/g, (_whole, name: string) => ids[name] ?? randomUUID());
}

async function tryAll(who: Person, ids: Record<string, string>): Promise<string[]> {
  const reached: string[] = [];
  for (const { method, path, example, action, subject } of operations) {
    const query = action === 'referral.options' ? '?service=POL.STATEMENT' : '';
    const body = BODIES[action] ?? example;
    const reply = await who.call(method.toUpperCase(), `${pathOf(path, ids)}${query}`, {
      ...(body === undefined ? {} : { body }),
      headers: { 'if-match': '"1"' },
    });
    // What is decided about one's own desk or the log alone is refused before any id is looked at.
    const isRefused = reply.status === 404 || (!('param' in subject) && reply.status === 403);
    if (!isRefused) reached.push(`${action} ${reply.status}`);
  }
  return reached;
}

it('there are operations to try', () => {
  expect(operations.length).toBeGreaterThan(20);
});

it('no operation lets a stranger reach an object by its id', async () => {
  const before = await rowCounts(app);
  for (const who of [await stranger(app), await strangerDesk(app), await coordinator(app)])
    for (const referral of [referralId, draft.id]) {
      const reached = await tryAll(who, { caseId, consentId, referralId: referral, draftId });
      // Who may keep no draft at all is told so before any id is looked at.
      expect(
        reached.filter((each) => !each.startsWith('draft.')),
        who.username,
      ).toEqual([]);
    }
  expect(await rowCounts(app)).toEqual(before);
  expect((await openReferral(worker, referralId)).body.state).toBe('sent');
});

it('an id of one case under the name of another opens nothing', async () => {
  const mine = await registerCase(app, await stranger(app));
  const other = await stranger(app);
  const consent = await recordConsent(app, worker, { caseId });
  expect((await other.post(`/api/consents/${consent.id}/withdrawal`, { reason: 'SAFETY' })).problem.code).toBe(
    'NOT_FOUND',
  );
  const theirs = await draftReferral(app, other, { caseId: mine.id, fields: ['case_code'] });
  expect((await other.post(`/api/referrals/${theirs.id}/dispatch`, { consentId: consent.id })).problem.code).toBe(
    'CONSENT_MISSING',
  );
});

it('the partner reaches the referral and nothing behind it', async () => {
  const reached = await tryAll(await policeDesk(app), {
    caseId,
    consentId,
    referralId: draft.id,
    draftId: randomUUID(),
  });
  expect(reached.filter((each) => !each.startsWith('draft.'))).toEqual([]);
});
