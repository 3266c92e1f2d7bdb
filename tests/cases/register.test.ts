import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../server/kernel/clock.ts';
import { aCaseWorker, agencyAdmin, aColleague, auditor, coordinator, operator, stranger } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aChildCase, aTraffickingCase, aViolenceCase } from '../support/bodies.ts';
import { canary } from '../support/canary.ts';
import { rowCounts } from '../support/log-book.ts';
import { openCase, registerCase } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);

it('a violence case is opened again with every word that was typed', async () => {
  const typed = aViolenceCase(app.clock);
  const made = await registerCase(app, worker, typed);
  const seen = await openCase(worker, made.id);
  expect(seen).toMatchObject({ code: made.code, kind: 'violence', stage: 'new', isChild: false, nextStep: 'refer' });
  expect(seen).toMatchObject({ basis: typed.basis, report: typed.report, risk: typed.risk, children: typed.children });
  expect(seen.survivor).toEqual(typed.survivor);
  expect(seen.incidents.map((incident) => incident.value)).toEqual([typed.incident]);
  expect(seen.perpetrators.map(({ id: _id, ...who }) => who)).toEqual(typed.perpetrators);
  expect(seen.contexts).toEqual(['INTIMATE_PARTNER_VIOLENCE']);
});

it('a trafficking case is opened again with every word that was typed', async () => {
  const typed = aTraffickingCase(app.clock);
  const made = await registerCase(app, worker, typed);
  const seen = await openCase(worker, made.id);
  expect(seen.kind).toBe('trafficking');
  expect(seen.incidents.map((incident) => incident.value)).toEqual([typed.incident]);
});

it('a child is recorded without consent, on the duty to report, with who represents the child', async () => {
  const typed = aChildCase(app.clock, {
    basis: { representative: { fullName: canary('Cha '), relationship: 'FATHER', isAllegedPerpetrator: true } },
  });
  const seen = await openCase(worker, (await registerCase(app, worker, typed)).id);
  expect(seen).toMatchObject({ isChild: true, basis: typed.basis });
});

it.each(['INCAPACITY', 'VITAL_INTEREST'])(
  '%s lets an adult be recorded with a reason, and not without',
  async (code) => {
    const basis = { code, isReportUseAgreed: false, reason: canary('Không tự bày tỏ được ý chí ') };
    const seen = await openCase(worker, (await registerCase(app, worker, { ...aViolenceCase(app.clock), basis })).id);
    expect(seen.basis).toEqual(basis);
    const { reason: _reason, ...without } = basis;
    const refused = await worker.post('/api/cases', { ...aViolenceCase(app.clock), basis: without });
    expect(refused.problem.errors).toMatchObject([{ path: 'basis.reason', code: 'REQUIRED' }]);
  },
);

it('the duty to report a child serves no adult', async () => {
  const refused = await worker.post(
    '/api/cases',
    aChildCase(app.clock, { survivor: { bornOn: '1990', ageBand: 'B25_59' } }),
  );
  expect(refused.problem.errors).toMatchObject([{ path: 'basis.code', code: 'INVALID' }]);
});

it('consent needs who gave it, how, in which language and when', async () => {
  const refused = await worker.post('/api/cases', {
    ...aViolenceCase(app.clock),
    basis: { code: 'CONSENT', isReportUseAgreed: false },
  });
  const missing = ['basis.consenter', 'basis.evidence', 'basis.language', 'basis.explainedOn'];
  expect(refused.problem.errors).toMatchObject(missing.map((path) => ({ path, code: 'REQUIRED' })));
});

it('trafficking of an adult needs means, of a minor it does not', async () => {
  const withoutMeans = { incident: { means: [] } };
  const refused = await worker.post('/api/cases', aTraffickingCase(app.clock, withoutMeans));
  expect(refused.problem.errors).toMatchObject([{ path: 'incident.means', code: 'REQUIRED' }]);
  const born = String(Number(app.clock.day().slice(0, 4)) - 16);
  const minor = aTraffickingCase(app.clock, { ...withoutMeans, survivor: { bornOn: born, ageBand: 'UNKNOWN' } });
  expect((await worker.post('/api/cases', minor)).status).toBe(201);
});

it('the age band follows the birth date, not what was ticked', async () => {
  const typed = aViolenceCase(app.clock, { survivor: { bornOn: '1950-02', ageBand: 'B18_24' } });
  expect((await openCase(worker, (await registerCase(app, worker, typed)).id)).survivor.ageBand).toBe('B60');
});

it('a red flag lifts the urgency above what was judged', async () => {
  const low = await registerCase(app, worker, aViolenceCase(app.clock, { risk: { level: 'LOW', redFlags: [] } }));
  const flagged = await registerCase(
    app,
    worker,
    aViolenceCase(app.clock, { risk: { level: 'LOW', redFlags: ['STRANGULATION'] } }),
  );
  const inMs = (at: string | null): number => Date.parse(at ?? '') - app.clock.now();
  expect(low.priority).toBe(3);
  expect(inMs(low.dueAt)).toBeGreaterThan(6.9 * DAY_MS);
  expect(flagged.priority).toBe(0);
  expect(inMs(flagged.dueAt)).toBeLessThanOrEqual(HOUR_MS);
});

it('who registers leads the team, alone', async () => {
  const seen = await openCase(worker, (await registerCase(app, worker)).id);
  expect(seen.team).toMatchObject([{ id: worker.staffId, memberRole: 'lead' }]);
});

it('case codes tell neither a count nor a place', async () => {
  const codes = await Promise.all([1, 2, 3].map(async () => (await registerCase(app, worker)).code));
  expect(new Set(codes).size).toBe(3);
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
});

it('a repeated request with the same key makes one case and answers with it', async () => {
  const body = aViolenceCase(app.clock);
  const key = { 'idempotency-key': 'one-intention-0001' };
  const before = await rowCounts(app);
  const replies = await Promise.all([1, 2, 3, 4].map(() => worker.post('/api/cases', body, key)));
  expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([201]));
  expect(new Set(replies.map((reply) => reply.body['id'])).size).toBe(1);
  expect((await rowCounts(app))['case_file']).toBe((before['case_file'] ?? 0) + 1);
});

it('the same key of another person is another intention', async () => {
  const key = { 'idempotency-key': 'shared-key-0001' };
  const body = aViolenceCase(app.clock);
  const [mine, theirs] = [
    await worker.post('/api/cases', body, key),
    await (await stranger(app)).post('/api/cases', body, key),
  ];
  expect([mine.status, theirs.status]).toEqual([201, 201]);
  expect(mine.body['id']).not.toBe(theirs.body['id']);
});

it('neither colleagues nor strangers see a fresh case anywhere', async () => {
  const made = await registerCase(app, worker);
  for (const other of [await aColleague(app), await stranger(app)]) {
    expect((await other.get(`/api/cases/${made.id}`)).problem.code).toBe('NOT_FOUND');
    expect(
      (await other.get<{ items: { id: string }[] }>('/api/cases')).body.items.map((line) => line.id),
    ).not.toContain(made.id);
    expect((await other.post('/api/cases/search', { code: made.code })).body['items']).toEqual([]);
  }
});

it('coordinators, auditors, administrators and operators register nothing', async () => {
  const before = await rowCounts(app);
  for (const person of [coordinator, auditor, agencyAdmin, operator]) {
    const refused = await (await person(app)).post('/api/cases', aViolenceCase(app.clock));
    expect(refused.problem.code).toBe('NOT_ALLOWED');
  }
  expect(await rowCounts(app)).toEqual(before);
});
