import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { EventStatements } from '../../server/db/work.ts';
import { loadPolicies } from '../../server/policy/index.ts';
import { aCaseWorker } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aViolenceCase } from '../support/bodies.ts';
import { breakables } from '../support/breakable.ts';
import { faultsOf } from '../support/faults.ts';
import { eventsAfter, eventsOf, markOf } from '../support/log-book.ts';
import { aKey } from '../support/seed.ts';
import { expectFailure, requireQuiet, stateOfAll } from '../support/whole-state.ts';

let isPolicyBroken = false;
const rules = loadPolicies();
const app = await startApp({
  policy: {
    ...rules,
    decide: (question) => {
      if (isPolicyBroken) throw new Error('the engine broke');
      return rules.decide(question);
    },
  },
});
const requests = await breakables(app);
const faults = faultsOf(app);

await app.database
  .ask(`create function hien.refuse_event() returns trigger language plpgsql set search_path = pg_catalog as $$
  begin raise exception 'no space left' using errcode = '53100'; end $$`);
/** Ways in which PostgreSQL itself does not take an event: at once, or only at the commit. */
const REFUSALS = {
  'the event itself':
    'create trigger refuse before insert on hien.audit_event for each row execute function hien.refuse_event()',
  'the event at the commit':
    'create constraint trigger refuse after insert on hien.audit_event deferrable initially deferred for each row execute function hien.refuse_event()',
} as const;

/** Ways in which our own code comes to the commit without an event. */
const RECORDS: Readonly<Record<string, EventStatements>> = {
  breaks: () => {
    throw new Error('the record broke');
  },
  'is empty': () => [],
};

describe.each(requests)('$what', ({ what, ask, action, status }) => {
  it.each(Object.entries(REFUSALS))(
    'with a log that refuses %s: 503, and nothing is changed',
    async (_which, trigger) => {
      const before = await stateOfAll(app);
      await app.database.ask(trigger);
      const reply = await ask();
      await app.database.ask('drop trigger refuse on hien.audit_event');
      expectFailure(reply, 'SERVICE_UNAVAILABLE', what);
      expect(await stateOfAll(app)).toEqual(before);
    },
  );

  it.each(Object.entries(RECORDS))(
    'with a record that %s: nothing is done, and nothing is told',
    async (_how, eventsOf) => {
      const before = await stateOfAll(app);
      const { appPorts, auditorPorts } = app.context.performer;
      const real = appPorts.eventsOf;
      for (const ports of [appPorts, auditorPorts]) ports.eventsOf = eventsOf;
      const reply = await ask();
      for (const ports of [appPorts, auditorPorts]) ports.eventsOf = real;
      expectFailure(reply, 'INTERNAL', what);
      expect(await stateOfAll(app)).toEqual(before);
    },
  );

  it('with a decision that breaks: nothing is done, and nothing is told', async () => {
    const before = await stateOfAll(app);
    isPolicyBroken = true;
    const reply = await ask();
    isPolicyBroken = false;
    expectFailure(reply, 'INTERNAL', what);
    expect(await stateOfAll(app)).toEqual(before);
  });

  it('with a use case that breaks when its answer is ready: nothing is done, and nothing is told', async () => {
    const endpoint = endpointOf(action);
    const { run } = endpoint;
    endpoint.run = async (call) => {
      await run(call);
      throw new Error('the use case broke');
    };
    const before = await stateOfAll(app);
    const reply = await ask();
    endpoint.run = run;
    // A refusal never comes to the use case.
    if (status < 400) expectFailure(reply, 'INTERNAL', what);
    if (status < 400) expect(await stateOfAll(app)).toEqual(before);
  });

  it('with a presenter that breaks: the deed stands with its event, and no word leaves', async () => {
    const endpoint = endpointOf(action);
    const { answer } = endpoint;
    endpoint.answer = z.never();
    const mark = await markOf(app);
    const reply = await ask();
    endpoint.answer = answer;
    if (status < 400) expectFailure(reply, 'INTERNAL', what);
    expect(await eventsAfter(app, mark)).toMatchObject([{ action, outcome: status < 400 ? 'done' : 'refused' }]);
    await requireQuiet(app);
  });
});

function endpointOf(action: string) {
  const found = app.context.endpoints.find((each) => each.action === action);
  if (found === undefined) throw new Error(`no endpoint for ${action}`);
  return found;
}

it('a change whose answer was lost is there once or not at all, and the same key finds out', async () => {
  const worker = await aCaseWorker(app);
  const cases = async () => (await app.database.ask('select id from hien.case_file')).length;
  let isStruck = true;
  for (let nth = 1; isStruck; nth += 1) {
    const body = aViolenceCase(app.clock);
    const key = aKey();
    const before = await cases();
    faults.arm('reply lost', nth);
    const first = await worker.post('/api/cases', body, key);
    isStruck = faults.disarm() !== null;
    if (isStruck) expectFailure(first, 'SERVICE_UNAVAILABLE', `step ${nth}`);
    await requireQuiet(app);
    const again = await worker.post<{ id: string }>('/api/cases', body, key);
    expect(again.status).toBe(201);
    expect(await cases()).toBe(before + 1);
    const done = await eventsOf(app, () => worker.get(`/api/cases/${again.body.id}`));
    expect(done).toMatchObject([{ action: 'case.open', outcome: 'done' }]);
  }
});
