import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { runWork, type EventStatements } from '../../server/db/work.ts';
import { aCaseWorker } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { eventsOf } from '../support/log-book.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const { appPorts } = app.context.performer;

/** Leaves a row, and two records of it made by `eventsOf`; `more` are the values of a statement that nobody waits for. */
async function deed(key: string, eventsOf: EventStatements, more: unknown[] = []): Promise<void> {
  const request = {
    bearer: Buffer.from(worker.cookie().split('=')[1] ?? '', 'base64url'),
    ...{ purpose: 'case_work', deed: { action: 'case.open' }, requestId: randomUUID() },
    ...{ occurredAtMs: app.clock.now(), isDemonstration: false },
  };
  await runWork({ ...appPorts, eventsOf }, request, async (work) => {
    work.record({ count: 1 });
    work.record({ count: 2 });
    await work.run(
      `insert into hien.idempotency (actor_id, key, request_mac, status, resource_id, created_at) values ((select hien.actor()), $1, '\\x00', 200, $2, now())`,
      [key, randomUUID()],
    );
    if (more.length > 0) work.later(work.run('select $1::text', more));
  });
}

const rowsOf = (key: string) => app.database.ask('select 1 from hien.idempotency where key = $1', [key]);
const refusesToBeSent = {
  toPostgres: () => {
    throw new Error('no text');
  },
};

it('a deed and all of its records are kept together', async () => {
  const events = await eventsOf(app, () => deed('whole', appPorts.eventsOf));
  expect(events.map(({ count }) => count)).toEqual([1, 2]);
  expect(await rowsOf('whole')).toHaveLength(1);
});

const LATE = async () => {
  await pause(20);
  throw new Error('late');
};
const NEVER = async () => {
  await pause(20);
};

it.each<[string, unknown]>([
  ['fails only later', LATE],
  ['would come later', NEVER],
  ['is empty', () => []],
  ['leaves one of them out', (...given: Parameters<EventStatements>) => appPorts.eventsOf(...given).slice(1)],
  ['holds what cannot be sent', () => [1, 2].map(() => ({ text: 'select $1::text', values: [refusesToBeSent] }))],
  ['holds what the database refuses', () => [1, 2].map(() => ({ text: 'select 1 / 0', values: [] }))],
])('no deed is kept when its record %s, and the next deed finds all in order', async (name, eventsOfDeed) => {
  const events = await eventsOf(app, async () => {
    await expect(deed(name, eventsOfDeed as EventStatements)).rejects.toThrow();
    await deed(`after ${name}`, appPorts.eventsOf);
  });
  expect(await rowsOf(name)).toEqual([]);
  expect(await rowsOf(`after ${name}`)).toHaveLength(1);
  expect(events.map(({ count }) => count)).toEqual([1, 2]);
});

it('nor is a deed of which a statement that nobody waits for could not be sent', async () => {
  const events = await eventsOf(app, async () => {
    await expect(deed('unsent', appPorts.eventsOf, [refusesToBeSent])).rejects.toThrow('takes no objects');
    await deed('after unsent', appPorts.eventsOf);
  });
  expect(await rowsOf('unsent')).toEqual([]);
  expect(await rowsOf('after unsent')).toHaveLength(1);
  expect(events.map(({ count }) => count)).toEqual([1, 2]);
});

it('nor is a refusal without its record', async () => {
  const request = {
    bearer: null,
    ...{ purpose: '', deed: { action: 'session.sign_in' }, requestId: randomUUID() },
    ...{ occurredAtMs: app.clock.now(), isDemonstration: false },
  };
  const events = await eventsOf(app, async () => {
    const refused = runWork({ ...appPorts, eventsOf: () => [] }, request, async (work) => work.staff);
    await expect(refused).rejects.toThrow('each note of a deed needs its statement');
  });
  expect(events).toEqual([]);
});
