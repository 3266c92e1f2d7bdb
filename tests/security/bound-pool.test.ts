import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aCaseWorker, aColleague, policeDesk, stranger, supervisor, type Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aViolenceCase } from '../support/bodies.ts';
import { openCase, registerCase, sendReferral } from '../support/seed.ts';

// One connection for everybody: whoever comes next finds what the one before left behind.
const narrow = await startApp({ config: { poolSize: 1 } });
const crowded = await startApp({ database: narrow.database, config: { poolSize: 2 } });

async function listed(who: Person): Promise<string[]> {
  return (await who.get<{ items: { id: string }[] }>('/api/cases?limit=100')).body.items.map((line) => line.id);
}

it('on a single connection nobody inherits the person before, whatever became of that request', async () => {
  const people = await Promise.all([aCaseWorker, aColleague, stranger].map((person) => person(narrow)));
  const own = new Map<Person, string[]>();
  for (const person of people) own.set(person, [(await registerCase(narrow, person)).id]);
  const desk = await policeDesk(narrow);
  const troubles: (() => Promise<unknown>)[] = people.flatMap((person) => [
    () => person.get(`/api/cases/${randomUUID()}`),
    () => person.get(`/api/cases/${own.get(person)?.[0]}`, { 'access-purpose': 'review' }),
    () => person.patch(`/api/cases/${own.get(person)?.[0]}`, { stage: 'closed' }, { 'if-match': '"1"' }),
    () => person.post('/api/cases', {}),
    () => desk.get('/api/referrals?box=inbox'),
    () => narrow.context.pools.app.query('select * from hien.no_such_table').catch(() => {}),
    () => narrow.context.pools.app.query('begin; select 1; rollback'),
  ]);
  for (const [index, trouble] of troubles.entries()) {
    await trouble();
    const person = people[index % people.length] as Person;
    expect(await listed(person)).toEqual(own.get(person));
    const { rows } = await narrow.context.pools.app.query(
      'select (select count(*)::int from hien.case_file) as seen, hien.actor() as actor',
    );
    expect(rows).toEqual([{ seen: 0, actor: null }]);
  }
});

/** Sends a request and hangs up: at once, when half of the body is out, or when the first byte of the answer is there. */
function hangUp(who: Person, when: 'at once' | 'half-way' | 'at the answer', body: string): Promise<void> {
  const { port } = new URL(narrow.url);
  const headers = {
    cookie: who.cookie(),
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
  };
  return new Promise((resolve) => {
    const outgoing = request({ host: '127.0.0.1', port, method: 'POST', path: '/api/cases', headers, agent: false });
    outgoing.on('error', () => resolve()).on('close', () => resolve());
    outgoing.on('response', (incoming) => incoming.once('data', () => outgoing.destroy()));
    if (when === 'half-way') outgoing.write(body.slice(0, body.length / 2), () => outgoing.destroy());
    else outgoing.end(body, () => (when === 'at once' ? outgoing.destroy() : undefined));
  });
}

const MOMENTS = ['at once', 'half-way', 'at the answer'] as const;
const runs = Math.max(3, Math.round(Number(process.env['HIEN_TEST_SCALE'] ?? '1') * 8));

it('people who hang up in the middle leave nothing behind for whoever comes next on their connection', async () => {
  const people = await Promise.all([aCaseWorker, aColleague, stranger, policeDesk].map((person) => person(narrow)));
  const events = fc.array(
    fc.record({
      by: fc.nat(3),
      next: fc.nat(3),
      when: fc.constantFrom(...MOMENTS),
      isValid: fc.boolean(),
      isAlone: fc.boolean(),
    }),
    { minLength: 4, maxLength: 8 },
  );
  const ownOf = async (who: Person): Promise<Set<string>> => {
    const rows = await narrow.database.ask<{ id: string }>(
      'select subject_id as id from hien.case_member where staff_id = $1',
      [who.staffId],
    );
    return new Set(rows.map((row) => row.id));
  };
  await fc.assert(
    fc.asyncProperty(events, async (story) => {
      for (const { by, next, when, isValid, isAlone } of story) {
        const [quitter, follower] = [people[by] as Person, people[next] as Person];
        const body = JSON.stringify(isValid ? aViolenceCase(narrow.clock) : { nothing: 1 });
        const quitting = hangUp(quitter, when, body);
        if (isAlone) await quitting;
        const me = await follower.get<{ staff: { id: string } }>('/api/me');
        expect(me.body.staff.id).toBe(follower.staffId);
        const seen = (await follower.get<{ items?: { id: string }[] }>('/api/cases?limit=100')).body.items ?? [];
        const own = await ownOf(follower);
        for (const { id } of seen) expect(own).toContain(id);
        await quitting;
        const { rows } = await narrow.context.pools.app.query(
          `select (select count(*)::int from hien.case_file) as seen, hien.actor() as actor,
            nullif(current_setting('hien.bound', true), '') as bound`,
        );
        expect(rows).toEqual([{ seen: 0, actor: null, bound: null }]);
      }
    }),
    { numRuns: runs },
  );
});

it('a session that ends or is locked while its request waits for the connection gets nothing', async () => {
  const worker = await aCaseWorker(narrow);
  const leaving = await aCaseWorker(narrow);
  const before = (await listed(worker)).length;
  const [, late] = await Promise.all([
    leaving.delete('/api/session'),
    leaving.post('/api/cases', aViolenceCase(narrow.clock)),
  ]);
  expect([201, 401]).toContain(late.status);
  expect(await listed(worker)).toHaveLength(before + (late.status === 201 ? 1 : 0));
  expect((await leaving.get('/api/cases')).status).toBe(401);
});

it('many at once on one connection each get their own, and only that', async () => {
  const people = await Promise.all([aCaseWorker, aColleague, stranger, supervisor].map((person) => person(narrow)));
  const expected = await Promise.all(people.map(listed));
  const rounds = Array.from({ length: 40 }, (_, index) => index % people.length);
  const seen = await Promise.all(rounds.map((index) => listed(people[index] as Person)));
  expect(seen).toEqual(rounds.map((index) => expected[index]));
});

it('as many at once as there are connections, and more: nobody waits for a connection that never comes', async () => {
  const people = await Promise.all([aCaseWorker, aColleague, stranger].map((person) => person(crowded)));
  const crowd = [...people, ...people, ...people, ...people];
  const replies = await Promise.all(crowd.map((person) => person.post('/api/cases', aViolenceCase(crowded.clock))));
  expect(replies.map((reply) => reply.status)).toEqual(crowd.map(() => 201));
});

it('a connection that breaks in the middle is not given to anybody again', async () => {
  const worker = await aCaseWorker(narrow);
  const { caseId } = await sendReferral(narrow, worker);
  await narrow.database.ask(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name = 'hien'`,
    [narrow.database.name],
  );
  const replies = [];
  for (let tries = 0; tries < 3; tries += 1) replies.push((await worker.get(`/api/cases/${caseId}`)).status);
  expect(replies.at(-1)).toBe(200);
  expect((await openCase(worker, caseId)).id).toBe(caseId);
});
