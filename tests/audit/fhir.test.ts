import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EventV1 } from '../../server/audit/event.rules.ts';
import { fhirBundleOf, fhirEventOf } from '../../server/audit/fhir.rules.ts';
import { VOCABULARY } from '../../server/audit/vocabulary.ts';
import { notePolicies } from '../../server/policy/index.ts';
import { aCaseWorker, auditor, policeDesk, policeOfficer, signIn, stranger } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { canary, foundIn, plantedWords } from '../support/canary.ts';
import { eventFromFhir, faultsInBundle } from '../support/fhir-r4.ts';
import type { Reply } from '../support/http.ts';
import { eventsAfter, eventsOf } from '../support/log-book.ts';
import { acceptReferral, openCase, openReferral, sendReferral } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const city = await auditor(app);

type Resource = Parameters<typeof eventFromFhir>[0];
type Bundle = { entry?: { fullUrl: string; resource: Resource }[]; link: { relation: string; url: string }[] };

const { caseId, referralId } = await sendReferral(app, worker);
const officer = await policeOfficer(app);
await acceptReferral(await policeDesk(app), referralId, officer);
await openReferral(officer, referralId);
await openCase(worker, caseId);
await (await stranger(app)).get(`/api/cases/${caseId}`);
await worker.post('/api/session', { username: canary('ai '), password: canary() });
await (await signIn(app, 'huy.vhxh.sontra')).post(`/api/cases/${caseId}/consents`, {});
await notePolicies(app.context.performer.appPorts, [`cedar:${'0'.repeat(64)}`]);

async function everything(): Promise<{ resources: Resource[]; bundles: Bundle[] }> {
  const bundles: Bundle[] = [];
  let address: string | undefined = '/api/audit/events?format=fhir&limit=7';
  while (address !== undefined) {
    const reply: Reply<Bundle> = await city.get<Bundle>(address);
    expect(reply.headers['content-type']).toContain('application/fhir+json');
    bundles.push(reply.body);
    address = reply.body.link.find((link) => link.relation === 'next')?.url;
  }
  return { bundles, resources: bundles.flatMap((bundle) => (bundle.entry ?? []).map((entry) => entry.resource)) };
}

it('every event is one AuditEvent and comes back the same: nothing is lost on the way, nothing is missing', async () => {
  const stored = (await eventsAfter(app)).filter((event) => event.action !== 'retention.purge');
  const { resources, bundles } = await everything();
  const back = resources.map(eventFromFhir).toReversed();
  const byId = (a: EventV1, b: EventV1): number => a.id.localeCompare(b.id);
  expect(back.filter((event) => stored.some(({ id }) => id === event.id)).toSorted(byId)).toEqual(
    stored.toSorted(byId),
  );
  expect(stored.length).toBeGreaterThan(15);
  expect(bundles.flatMap(faultsInBundle)).toEqual([]);
  const kinds = new Set(stored.map((event) => `${event.outcome} ${event.actor === null ? 'nobody' : 'somebody'}`));
  expect(kinds).toContain('refused nobody');
});

it('no word that was typed is in it', async () => {
  const { text } = await city.get('/api/audit/events?format=fhir&limit=200');
  expect(foundIn(Buffer.from(text), plantedWords())).toEqual([]);
});

it.each([
  ['application/fhir+json', 'application/fhir+json'],
  ['application/fhir+json, application/json;q=0.5', 'application/fhir+json'],
  ['application/json', 'application/json'],
  ['*/*', 'application/json'],
  ['text/html', 'application/json'],
])('who accepts %s gets %s', async (accept, type) => {
  const { headers, status } = await city.get('/api/audit/events?limit=1', { accept });
  expect(status).toBe(200);
  expect(headers['content-type']).toContain(type);
});

it('what the address asks for goes before what the program accepts', async () => {
  const fhir = { accept: 'application/fhir+json' };
  expect((await city.get('/api/audit/events?limit=1&format=json', fhir)).headers['content-type']).toContain(
    'application/json',
  );
  expect((await city.get('/api/audit/events?format=xml')).problem.code).toBe('VALIDATION_FAILED');
});

it('nobody but an auditor gets it, and the auditor’s look is an event like any other', async () => {
  expect((await worker.get('/api/audit/events?format=fhir')).problem.code).toBe('NOT_ALLOWED');
  const [event] = await eventsOf(app, () => city.get(`/api/audit/events?format=fhir&case=${caseId}`));
  expect(event).toMatchObject({ action: 'audit.search', cases: [caseId], fields: ['case', 'format'] });
});

it('a search that finds nothing is a bundle without entries', async () => {
  const { body } = await city.get<Bundle>(`/api/audit/events?format=fhir&case=${randomUUID()}`);
  expect(body.entry).toBeUndefined();
  expect(faultsInBundle(body)).toEqual([]);
});

const word = fc.stringMatching(/^[A-Za-z0-9_.:-]{1,40}$/);
const list = fc.array(word, { maxLength: 4 });
const uuids = fc.uuid();
const anEvent: fc.Arbitrary<EventV1> = fc.record({
  v: fc.constant(1 as const),
  id: uuids,
  time: fc
    .date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
    .map((day) => day.toISOString()),
  recorded: fc.constant('2026-11-27T01:02:03.004Z'),
  actor: fc.oneof(fc.constant(null), uuids, fc.constant('system:purge')),
  agency: fc.option(uuids),
  owner: fc.option(uuids),
  roles: list,
  session: fc.option(fc.stringMatching(/^[0-9a-f]{64}$/)),
  seq: fc.option(fc.nat()),
  action: fc.constantFrom(...Object.keys(VOCABULARY)),
  objectKind: fc.option(fc.constantFrom('case', 'staff', 'break_glass')),
  objectId: fc.constant(null),
  cases: fc.array(uuids, { maxLength: 5 }),
  compartments: list,
  fields: list,
  purpose: fc.option(word),
  reason: fc.option(word),
  outcome: fc.constantFrom('done' as const, 'refused' as const, 'failed' as const),
  policies: list,
  request: uuids,
  count: fc.option(fc.nat()),
});

it('whatever an event holds survives the way there and back, in the shape of R4', () => {
  fc.assert(
    fc.property(anEvent, fc.uuid(), fc.boolean(), (bare, objectId, isDemonstration) => {
      const event: EventV1 = {
        ...bare,
        objectId: bare.objectKind === null ? null : objectId,
        ...(isDemonstration ? { demonstration: true as const } : {}),
      };
      const resource = JSON.parse(JSON.stringify(fhirEventOf(event))) as Resource;
      expect(eventFromFhir(resource)).toEqual(event);
      expect(faultsInBundle(fhirBundleOf([event], { self: '/x', next: null, archived: [] }))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

it('the check itself finds what is not R4', () => {
  const [event] = [fhirBundleOf([], { self: '/x', next: null, archived: [] })];
  expect(faultsInBundle({ ...event, type: 'batch' })).not.toEqual([]);
  expect(faultsInBundle({ ...event, entry: [] })).not.toEqual([]);
  expect(faultsInBundle({ ...event, note: 'x' })).toEqual(['Bundle.note: not in R4']);
  const entry = [{ resource: { resourceType: 'AuditEvent', recorded: 'yesterday', outcome: '5', agent: [{}] } }];
  expect(faultsInBundle({ ...event, entry }).length).toBeGreaterThan(4);
});
