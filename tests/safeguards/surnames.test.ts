import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { askErasure, confirmErasure, openArchivist } from '../../server/retention/index.ts';
import { DUMP_FILES } from '../../server/retention/dump.rules.ts';
import { withTerminalSession } from '../../server/identity/terminal-session.ts';
import { accountOf, aCaseWorker, aColleague, auditor, stranger, type Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { asPerson } from '../support/as-person.ts';
import { canary } from '../support/canary.ts';
import { eventsOf } from '../support/log-book.ts';
import { aPlainOwner } from '../retention/stage.ts';
import { openCase } from '../support/seed.ts';
import { caseAgainstOne, inWeekOf, namedAs, notedIn, surnamesTold } from '../support/surnames.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const reviewer = await auditor(app);
await namedAs(app, worker, 'Khuất Thị Lan');

const note = (caseId: string): string => `select hien.note_surname_match('${caseId}', now())`;

it('a person notes only herself, and only in a case whose words she may have', async () => {
  const { id } = await caseAgainstOne(app, worker, canary('Tạ Văn '));
  for (const who of [await stranger(app), await aColleague(app)]) await asPerson(app, who, note(id));
  expect(await notedIn(app, id)).toEqual([]);
  const answers = [await asPerson(app, worker, note(id)), await asPerson(app, worker, note(id))];
  // The first says as little as the second.
  expect(answers[0]).toEqual(answers[1]);
  expect(await notedIn(app, id)).toEqual([worker.username]);
});

it('nobody in particular notes nobody', async () => {
  const { id } = await caseAgainstOne(app, worker, canary('Tạ Văn '));
  const client = new pg.Client({ connectionString: app.database.urls.app });
  await client.connect();
  await client.query(note(id));
  await client.end();
  expect(await notedIn(app, id)).toEqual([]);
});

it('whoever works on cases neither reads the rows, nor writes, nor removes one', async () => {
  const { id } = await caseAgainstOne(app, worker, canary('Khuất Văn '));
  const row = `('${id}', '${worker.staffId}', '${worker.agencyId}', '${worker.agencyId}', now())`;
  for (const sql of [
    'select 1 from hien.surname_match',
    `insert into hien.surname_match values ${row}`,
    'update hien.surname_match set noted_at = now()',
    'delete from hien.surname_match',
  ])
    await expect(asPerson(app, worker, sql), sql).rejects.toMatchObject({ code: '42501' });
  expect(await notedIn(app, id)).toEqual([worker.username]);
});

it('two openings at once leave one row', async () => {
  const { id } = await caseAgainstOne(app, worker, canary('Khuất Văn '));
  await app.database.ask('delete from hien.surname_match where case_id = $1', [id]);
  await Promise.all([openCase(worker, id), openCase(worker, id), openCase(worker, id)]);
  expect(await notedIn(app, id)).toEqual([worker.username]);
});

it('where it cannot be written nothing is opened, as with every other row of a deed', async () => {
  const { id } = await caseAgainstOne(app, worker, canary('Khuất Văn '));
  await app.database.ask('revoke insert on hien.surname_match from hien_definer');
  let status = 0;
  const events = await eventsOf(app, async () => void ({ status } = await worker.get(`/api/cases/${id}`)));
  await app.database.ask('grant insert on hien.surname_match to hien_definer');
  expect(status).toBe(500);
  expect(events).toEqual([]);
  expect((await openCase(worker, id)).id).toBe(id);
});

it('it travels with the copies that are kept for a bounded time, and never with those that may be kept for ever', () => {
  const files = DUMP_FILES.filter(({ table }) => table === 'surname_match');
  expect(files.map(({ part }) => part)).toEqual(['keys']);
});

const archivist = openArchivist((await aPlainOwner(app)).urlOf(app.database));
afterAll(() => archivist.close());
const by = { archivist, policy: app.context.performer.policy, clock: app.clock };
function signedIn<T>(username: string, run: (bearer: Buffer) => Promise<T>): Promise<T> {
  return withTerminalSession(archivist.ports, { username, password: accountOf(username).password }, run);
}

async function erase(code: string, who: Pick<Person, 'username'>) {
  await signedIn(who.username, (bearer) => askErasure(by, { bearer, code, reason: 'SUBJECT_REQUEST' }));
  return signedIn('thanh.vanhanh', (bearer) => confirmErasure(by, { bearer, code }));
}

it('it goes with the case, and neither the certificate nor the log tells that there was one', async () => {
  const monday = '2026-09-07';
  const { id, code } = await inWeekOf(app, monday, () => caseAgainstOne(app, worker, canary('Khuất Văn ')));
  const { id: kept } = await inWeekOf(app, '2026-09-08', () => caseAgainstOne(app, worker, canary('Khuất Văn ')));
  expect(await surnamesTold(reviewer, monday)).toMatchObject([{ count: 2 }]);
  const certificate = await erase(code, { username: 'an.vhxh.sontra' });
  expect(certificate.destroyed).toMatchObject({ case_file: 1 });
  expect(JSON.stringify(certificate)).not.toContain('surname');
  expect(await notedIn(app, id)).toEqual([]);
  expect(await surnamesTold(reviewer, monday)).toMatchObject([{ count: 1 }]);
  expect(await notedIn(app, kept)).toEqual([worker.username]);
});
