import { expect, it } from 'vitest';
import type { Seal } from '../../server/audit/audit.contract.ts';
import { DAY_MS, vietnamDay } from '../../server/kernel/clock.ts';
import { aCaseWorker, auditor } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { asPerson } from '../support/as-person.ts';
import { eventAt, isAllSealed } from '../support/old-months.ts';
import { done, registerCase } from '../support/seed.ts';
import { aTamperer } from '../support/tampering.ts';
import { until } from './sequencer/stage.ts';

const app = await startApp({ sequences: true });
const worker = await aCaseWorker(app);
const reviewer = await auditor(app);
const { id: caseId } = await registerCase(app, worker);

const DAYS_AGO = 3;
const closedDay = vietnamDay(Date.now() - DAYS_AGO * DAY_MS);
const noon = `${closedDay}T05:00:00.000Z`;
await app.database.ask('select hien.make_audit_month(date_trunc($1, $2::timestamptz)::date)', ['month', noon]);
const eventId = await eventAt(app, { time: noon, caseId, by: worker });
await until(() => isAllSealed(app));

async function dayOf(query = ''): Promise<Seal['days'][number] | undefined> {
  const reply = await reviewer.get<Seal>(`/api/audit/seal${query}`);
  return done<Seal>(reply).days.find(({ day }) => day === closedDay);
}

const kept = () => app.database.ask<{ day: string }>('select day::text as day from hien.audit_day_check order by day');

/** The log as a superuser would change it, and as it was. */
async function whileEdited(check: () => Promise<void>): Promise<void> {
  const tamperer = await aTamperer(app, ['audit_event']);
  try {
    await tamperer.change(`update hien.audit_event set event = event || '\\x20' where id = '${eventId}'`);
    await check();
  } finally {
    await tamperer.undo();
    await app.database.ask('drop schema before cascade');
    await tamperer.close();
  }
}

it('a day that is over and whole is checked once, and the auditor is told when', async () => {
  const first = await dayOf();
  expect(first).toMatchObject({ events: 1, sealed: 1, broken: 0, checkedAt: expect.any(String) as string });
  expect(await kept()).toEqual([{ day: closedDay }]);
  expect(await dayOf()).toEqual(first);
});

it('today is checked at each look, and a day without deeds has nothing to check', async () => {
  const days = async () => done<Seal>(await reviewer.get<Seal>('/api/audit/seal')).days;
  const [before, after] = [await days(), await days()];
  expect(Date.parse(after.at(-1)?.checkedAt ?? '')).toBeGreaterThan(Date.parse(before.at(-1)?.checkedAt ?? ''));
  expect(after.find(({ events }) => events === 0)).toMatchObject({ sealed: 0, checkedAt: null });
});

it('when the auditor asks, all days are checked now: a change since shows, and is never kept as whole', async () => {
  const before = await dayOf();
  await whileEdited(async () => {
    expect(await dayOf()).toEqual(before);
    expect(await dayOf('?anew=true')).toMatchObject({ events: 1, broken: 1 });
    expect(await kept()).toEqual([]);
    expect(await dayOf()).toMatchObject({ broken: 1 });
  });
  expect(await dayOf()).toMatchObject({ broken: 0 });
});

it('after a day a check is no longer believed, whoever looks', async () => {
  await dayOf();
  await app.database.ask(`update hien.audit_day_check set checked_at = now() - interval '24 hours 1 second'`);
  await whileEdited(async () => expect(await dayOf()).toMatchObject({ broken: 1 }));
});

it('a day that still waits for the tree is not kept', async () => {
  await app.database.ask('delete from hien.audit_day_check');
  const client = await app.context.pools.app.connect();
  await client.query('begin');
  await client.query('select pg_current_xact_id()');
  try {
    await eventAt(app, { time: noon.replace('05:', '06:'), caseId, by: worker });
    expect(await dayOf()).toMatchObject({ events: 2, sealed: 1, broken: 0 });
    expect(await kept()).toEqual([]);
  } finally {
    await client.query('rollback');
    client.release();
  }
  await until(() => isAllSealed(app));
  expect(await dayOf()).toMatchObject({ events: 2, sealed: 2 });
  expect(await kept()).toEqual([{ day: closedDay }]);
});

it.each(['hien_app', 'hien_auditor', 'hien_sequencer', 'hien_keeper', 'hien_archivist'])(
  'the role %s can neither write nor read what was found',
  async (role) => {
    for (const sql of [
      'select * from hien.audit_day_check',
      `insert into hien.audit_day_check values ('2026-01-01', 1, now())`,
      'update hien.audit_day_check set checked_at = now()',
      'delete from hien.audit_day_check',
    ])
      await expect(app.database.ask(`set role ${role}; ${sql}`), sql).rejects.toMatchObject({ code: '42501' });
    await app.database.ask('reset role');
  },
);

it('and who is no auditor has nothing looked up', async () => {
  await expect(asPerson(app, worker, `select * from hien.audit_days(current_date - 3, 4, true)`)).rejects.toThrow();
});
