import { afterAll, expect, it } from 'vitest';
import { listenMetrics } from '../../server/http/metrics/listen-metrics.ts';
import { MINUTE_MS } from '../../server/kernel/clock.ts';
import { isAllSealed, until } from '../audit/sequencer/stage.ts';
import { aCaseWorker } from '../support/actors.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { aClient } from '../support/http.ts';
import { registerCase } from '../support/seed.ts';

const ON_LOOPBACK = { HIEN_METRICS_PORT: '0' };
const silent = await startApp();
const sealing = await startApp({ sequences: true, audit: ON_LOOPBACK });
const unsealed = await startApp({ audit: ON_LOOPBACK });

async function aListener(app: TestApp): Promise<string> {
  const { metrics, config } = app.context;
  if (metrics === null || config.metrics === null) throw new Error('this application measures nothing');
  const server = await listenMetrics(metrics, config.metrics);
  afterAll(() => void server.close());
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it does not listen');
  expect(address.address).toBe('127.0.0.1');
  return `http://127.0.0.1:${address.port}`;
}

const [ofSealing, ofUnsealed] = [await aListener(sealing), await aListener(unsealed)];

async function scrape(url: string): Promise<string> {
  const response = await fetch(`${url}/metrics`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  return response.text();
}

/** The figure of a series by its name with its labels, as Prometheus writes it; undefined where there is none. */
function figure(text: string, series: string): number | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

/** Where the client is built, a path outside the API that the server does not know is the client's page. */
const STRANGERS: Record<string, number[]> = { '/metrics': [200, 404], '/api/metrics': [404], '/api/v1/metrics': [404] };

it('on the port that people use there are no figures, for a stranger on this machine or behind a proxy on it', async () => {
  expect(silent.context.metrics).toBeNull();
  for (const app of [silent, sealing])
    for (const path of ['/metrics', '/api/metrics', '/api/v1/metrics'])
      for (const headers of [{}, { 'x-forwarded-for': '127.0.0.1', host: 'localhost' }]) {
        const reply = await aClient(app.url).get<string>(path, headers);
        expect(STRANGERS[path], path).toContain(reply.status);
        expect(reply.text).not.toMatch(/^# (HELP|TYPE) |hien_audit|process_cpu/m);
      }
});

it('the listener of the figures serves nothing else', async () => {
  for (const path of ['/', '/readyz', '/api/cases', '/metrics/', '/metrics?x=1'])
    expect([path, (await fetch(`${ofSealing}${path}`)).status]).toEqual([path, 404]);
  expect((await fetch(`${ofSealing}/metrics`, { method: 'POST' })).status).toBe(404);
});

it('while deeds are sealed in time, the figures say so: size, head, who leads, and no witness where none is configured', async () => {
  await registerCase(sealing, await aCaseWorker(sealing));
  await until(() => isAllSealed(sealing.database));
  const text = await scrape(ofSealing);
  const [{ leaves } = { leaves: 0 }] = await sealing.database.ask<{ leaves: number }>(
    'select count(*)::int as leaves from hien.audit_leaf',
  );
  expect(figure(text, 'hien_audit_merge_delay_seconds')).toBeLessThan(10);
  expect(figure(text, 'hien_audit_alarm')).toBe(0);
  expect(text).not.toMatch(/^hien_audit_alarm_reason/m);
  expect(figure(text, 'hien_audit_leading')).toBe(1);
  expect(figure(text, 'hien_audit_tree_size')).toBeGreaterThan(0);
  expect(figure(text, 'hien_audit_tree_size')).toBeLessThanOrEqual(leaves);
  expect(figure(text, 'hien_audit_checkpoint_age_seconds')).toBeLessThan(60);
  expect(figure(text, 'hien_audit_witness_quorum_needed')).toBe(0);
  expect(figure(text, 'hien_audit_witness_quorum_met')).toBe(0);
  expect(figure(text, 'hien_audit_witness_quorum_age_seconds')).toBeUndefined();
  expect(figure(text, 'process_resident_memory_bytes')).toBeGreaterThan(0);
});

it('a deed that waits for longer than half a minute raises the alarm, and what this process cannot know has no figure', async () => {
  await registerCase(unsealed, await aCaseWorker(unsealed));
  expect(figure(await scrape(ofUnsealed), 'hien_audit_alarm')).toBe(0);
  await unsealed.database.ask(
    `insert into hien.audit_event (id, recorded_at, occurred_at, epoch, action, outcome, event)
     values (gen_random_uuid(), now() - interval '31 seconds', now(), 1, 'case.open', 'done', '{}')`,
  );
  await until(async () => figure(await scrape(ofUnsealed), 'hien_audit_alarm') === 1);
  const text = await scrape(ofUnsealed);
  expect(figure(text, 'hien_audit_alarm_reason{reason="DELAYED"}')).toBe(1);
  expect(figure(text, 'hien_audit_merge_delay_seconds')).toBeGreaterThan(30);
  expect(figure(text, 'hien_audit_leading')).toBe(0);
  expect(text).not.toMatch(/^hien_audit_tree_size /m);
});

it('requests are counted at once by the class of their status, and by route only as they stood a quarter of an hour apart', async () => {
  const worker = await aCaseWorker(sealing);
  const registrations = 'hien_http_route_requests_total{route="post /api/cases",status_class="2xx"}';
  const answered = 'hien_http_requests_total{status_class="2xx"}';
  sealing.clock.advance(15 * MINUTE_MS);
  const first = await scrape(ofSealing);
  const { id } = await registerCase(sealing, worker);
  const second = await scrape(ofSealing);
  expect(figure(second, answered)).toBeGreaterThan(figure(first, answered) ?? Infinity);
  expect(figure(second, registrations)).toBe(figure(first, registrations));
  sealing.clock.advance(14 * MINUTE_MS);
  expect(figure(await scrape(ofSealing), registrations)).toBe(figure(first, registrations));
  sealing.clock.advance(MINUTE_MS);
  const third = await scrape(ofSealing);
  expect(figure(third, registrations)).toBe((figure(first, registrations) ?? 0) + 1);
  expect(figure(third, 'hien_http_route_request_duration_seconds_count{route="post /api/cases"}')).toBeGreaterThan(0);
  expect(third).not.toContain(id);
});

it('no label names an agency, a person or a case', async () => {
  sealing.clock.advance(15 * MINUTE_MS);
  const ours = (await scrape(ofSealing)).split('\n').filter((line) => line.startsWith('hien_'));
  const labels = new Set(ours.flatMap((line) => [...line.matchAll(/[{,](\w+)="/g)].map(([, label]) => label)));
  expect([...labels].toSorted()).toEqual(['le', 'route', 'status_class']);
  expect(ours.join('\n')).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
});
