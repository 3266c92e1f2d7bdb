import { randomUUID } from 'node:crypto';
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
