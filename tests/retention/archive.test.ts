import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { withTerminalSession } from '../../server/identity/terminal-session.ts';
import { canonicalJson } from '../../server/kernel/canonical-json.ts';
import { keepPartitions } from '../../server/retention/purge-expired.store.ts';
import {
  askArchive,
  askErasure,
  confirmArchive,
  confirmErasure,
  openArchivist,
  type ArchiveCertificate,
} from '../../server/retention/index.ts';
import { vkeyOf } from '../../server/audit/log-key.ts';
import { logKey } from '../audit/sequencer/stage.ts';
import { run } from '../commands/run.ts';
import { accountOf, aCaseWorker, auditor, policeDesk } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { eventsAfter, eventsOf } from '../support/log-book.ts';
import { eventsOfMonth, isAllSealed, rootsOf } from '../support/old-months.ts';
import { sendReferral } from '../support/seed.ts';
import { aFolder, aPlainOwner, command } from './stage.ts';

vi.setConfig({ testTimeout: 120_000 });
const app = await startApp({ sequences: true });
const folder = await aFolder();
const ownerUrl = (await aPlainOwner(app)).urlOf(app.database);
const worker = await aCaseWorker(app);
const city = await auditor(app);
const AUDITOR = 'nguyet.snv';
const OPERATOR = 'thanh.vanhanh';
const OLD = '2015-03';
const EVENTS = 300;

await eventsOfMonth(app, OLD, { count: EVENTS, by: worker });
await eventsOfMonth(app, '2015-04', { count: 3, by: worker });
const sealed = () => vi.waitFor(async () => expect(await isAllSealed(app)).toBe(true), { timeout: 60_000 });
await sealed();

const archivist = openArchivist(ownerUrl);
afterAll(() => archivist.close());
const by = { archivist, policy: app.context.performer.policy, clock: app.clock };
const as = <T>(username: string, run: (bearer: Buffer) => Promise<T>): Promise<T> =>
  withTerminalSession(archivist.ports, { username, password: accountOf(username).password }, run);
const asking = (month: string, who = AUDITOR) => as(who, (bearer) => askArchive(by, { bearer, month }));
const confirming = (month: string, who = OPERATOR) =>
  as(who, (bearer) => confirmArchive(by, { bearer, month, ownerUrl, folder }));

async function monthTables(month: string): Promise<string[]> {
  const rows = await app.database.ask<{ name: string }>(
    `select relname as name from pg_class where relname like $1 and relkind = 'r' order by 1`,
    [`audit_event%${month.replace('-', '_')}`],
  );
  return rows.map((row) => row.name);
}

const BOTH = ['audit_event_2015_03', 'audit_event_case_2015_03'];

describe('archiving a month of the log', () => {
  it('is refused for whoever may not, for the wrong month and without a request, and every attempt is on record', async () => {
    const refused = [
      [() => asking(OLD, 'lan.vhxh.sontra'), 'NOT_ALLOWED'],
      [() => asking(OLD, OPERATOR), 'NOT_ALLOWED'],
      [() => asking(new Date().toISOString().slice(0, 7)), 'STATE_CONFLICT'],
      [() => asking('2016-12'), 'STATE_CONFLICT'],
      [() => asking('2014-01'), 'STATE_CONFLICT'],
      [() => confirming(OLD), 'STATE_CONFLICT'],
      [() => confirming(OLD, AUDITOR), 'NOT_ALLOWED'],
    ] as const;
    for (const [deed, code] of refused) {
      const events = await eventsOf(app, () => expect(deed()).rejects.toMatchObject({ code }));
      expect(events).toContainEqual(expect.objectContaining({ outcome: 'refused', reason: code }));
    }
    expect(await monthTables(OLD)).toEqual(BOTH);
  });

  it('is refused to an auditor of one ward', async () => {
    const ward = accountOf('chau.ubnd.sontra');
    await app.database.ask(`insert into hien.staff_role values ($1, 'auditor')`, [ward.staffId]);
    await expect(asking(OLD, ward.username)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it('is refused to one person for both steps, whatever roles she has', async () => {
    const { staffId } = accountOf(AUDITOR);
    await app.database.ask(`insert into hien.staff_role values ($1, 'operator')`, [staffId]);
    await asking(OLD);
    await expect(confirming(OLD, AUDITOR)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await app.database.ask(`delete from hien.staff_role where staff_id = $1 and role = 'operator'`, [staffId]);
    expect(await monthTables(OLD)).toEqual(BOTH);
  });

  it('is refused where an event was changed or is not in the tree', async () => {
    await asking('2015-04');
    await app.database.ask('alter table hien.audit_event_2015_04 disable trigger all');
    await app.database.ask(`update hien.audit_event_2015_04 set event = event || ' '::bytea where true`);
    await app.database.ask('alter table hien.audit_event_2015_04 enable trigger all');
    await expect(confirming('2015-04')).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
    await eventsOfMonth(app, '2015-05', { count: 0, by: worker });
    await expect(asking('2015-05')).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
  });

  it('takes two people; the files hold every event, the tree stays whole, and a certificate remains', async () => {
    const before = await app.database.ask('select * from hien.audit_leaf order by leaf_index');
    await asking(OLD);
    const events = await eventsOf(app, () => confirming(OLD));
    expect(events.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'session.open done',
      'audit.archive done',
      'session.end done',
    ]);
    expect(await monthTables(OLD)).toEqual([]);
    expect(await monthTables('2015-04')).toHaveLength(2);
    await sealed();
    const roots = await rootsOf(app);
    expect(roots.ofTiles).toBe(roots.signed);
    const after = await app.database.ask('select * from hien.audit_leaf order by leaf_index');
    expect(after.slice(0, before.length)).toEqual(before);
    const place = join(folder, `audit-${OLD}`);
    expect((await readdir(place)).toSorted()).toEqual([
      'audit_event.copy',
      'audit_event_case.copy',
      'audit_leaf.copy',
      'checkpoint',
    ]);
    const lines = (await readFile(join(place, 'audit_event.copy'), 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(EVENTS);
    const ids = new Set(before.map((leaf) => String(leaf['event_id'])));
    expect(lines.every((line) => ids.has(line.split('\t')[0] ?? ''))).toBe(true);
    const [row] = await app.database.ask<{ certificate: string }>('select certificate from hien.log_archive');
    const certificate = JSON.parse(row?.certificate ?? '') as ArchiveCertificate;
    expect(certificate).toMatchObject({
      month: OLD,
      askedBy: accountOf(AUDITOR).staffId,
      confirmedBy: accountOf(OPERATOR).staffId,
    });
    expect(certificate.lastLeaf - certificate.firstLeaf + 1).toBeGreaterThanOrEqual(EVENTS);
    const hash = createHash('sha256').update(canonicalJson(certificate)).digest('hex');
    expect(events[1]).toMatchObject({ fields: [`month:${OLD}`, `sha256:${hash}`], count: EVENTS });
  });

  it('a search of that time answers that the month is archived, as JSON and as FHIR; one of another time does not', async () => {
    const search = async (query: string) =>
      (await city.get<{ items: unknown[]; archivedMonths: string[] }>(`/api/audit/events?${query}`)).body;
    const year = 'from=2015-03-01T00:00:00Z&to=2015-04-01T00:00:00Z';
    expect(await search(year)).toEqual({ items: [], nextCursor: null, archivedMonths: [OLD] });
    expect((await search('from=2020-01-01T00:00:00Z')).archivedMonths).toEqual([]);
    const { text } = await city.get(`/api/audit/events?${year}&format=fhir`);
    expect(JSON.parse(text)).toMatchObject({
      entry: [{ resource: { resourceType: 'OperationOutcome' }, search: { mode: 'outcome' } }],
    });
  });

  it('an export says what is archived; the verifier believes that of the auditor’s certificate, never of the export', async () => {
    // A test above changed April; it is put right again.
    await app.database.ask('alter table hien.audit_event_2015_04 disable trigger all');
    await app.database.ask(
      `update hien.audit_event_2015_04 set event = substr(event, 1, length(event) - 1) where true`,
    );
    await app.database.ask('alter table hien.audit_event_2015_04 enable trigger all');
    const place = join(folder, 'export');
    const exported = await command(ownerUrl, 'audit-export', { args: [place] });
    const [row] = await app.database.ask<{ certificate: string }>('select certificate from hien.log_archive');
    const { firstLeaf, lastLeaf } = JSON.parse(row?.certificate ?? '') as ArchiveCertificate;
    expect(exported).toMatchObject({ code: 0 });
    expect(exported.out).toContain(`archived, not in here: ${firstLeaf}-${lastLeaf}`);
    const claim = JSON.parse(await readFile(join(place, 'export.json'), 'utf8')) as Record<string, unknown>;
    expect(claim).toMatchObject({ archivedMonths: [OLD], absent: [[firstLeaf, lastLeaf]] });
    const vkey = vkeyOf(logKey(), String(claim['origin']));
    const verifying = (...args: string[]) =>
      run('audit/verifier/verify.command', { args: [place, '--vkey', vkey, '--quiet', ...args] });
    const archived = (first: number, last: number) => ['--archived', `${first}-${last}`];
    expect(await verifying()).toMatchObject({ code: 1 });
    expect((await verifying()).out).toContain(`First bad index: ${firstLeaf}`);
    // One entry more than the auditor knows of is an entry that somebody took out.
    const short = await verifying(...archived(firstLeaf, lastLeaf - 1));
    expect(short).toMatchObject({ code: 1 });
    expect(short.out).toContain(`First bad index: ${lastLeaf}`);
    const whole = await verifying(...archived(firstLeaf, lastLeaf));
    expect(whole, whole.out).toMatchObject({ code: 0 });
    expect(whole.out).toContain(`archived entries, not verified here: ${EVENTS}`);
  });

  it('the command does the same for two people and prints the certificate again; it says what went wrong', async () => {
    await eventsOfMonth(app, '2015-06', { count: 4, by: worker });
    await sealed();
    const archive = (args: string[], username: string) =>
      command(ownerUrl, 'audit-archive', {
        args: ['--month', '2015-06', '--to', folder, ...args],
        input: `${accountOf(username).password}\n`,
      });
    expect(await archive(['--confirm', '--as', OPERATOR], OPERATOR)).toMatchObject({ code: 2 });
    expect(await archive(['--as', AUDITOR], AUDITOR)).toMatchObject({ code: 0, err: '' });
    const done = await archive(['--confirm', '--as', OPERATOR], OPERATOR);
    expect(done, done.err).toMatchObject({ code: 0 });
    expect(done.out).toContain('CERTIFICATE OF ARCHIVING THE LOG');
    expect(await monthTables('2015-06')).toEqual([]);
    expect((await archive(['--certificate'], OPERATOR)).out).toBe(done.out);
    expect((await archive(['--month', '2015-6'], OPERATOR)).err).toContain('npm run audit:archive');
  });
});

it('the guards on what is left are as they were: nobody changes or empties the log, or drops a month by another way', async () => {
  for (const url of [app.database.urls.app, app.database.urls.auditor])
    await expect(archiveBy(url)).rejects.toMatchObject({ code: '42501' });
  await expect(app.database.ask('delete from hien.audit_event')).rejects.toMatchObject({ code: 'HN002' });
  await expect(app.database.ask('delete from hien.log_archive')).rejects.toMatchObject({ code: 'HN002' });
  await expect(app.database.ask('truncate hien.audit_event_2015_04')).rejects.toMatchObject({ code: 'HN002' });
});

async function archiveBy(url: string): Promise<void> {
  const other = openArchivist(url);
  try {
    await other.pool.query('drop table hien.audit_event_2015_04');
  } finally {
    await other.close();
  }
}

it('erasing a case leaves its events, every leaf and the root as they were', async () => {
  const { caseId, code } = await sendReferral(app, worker);
  await (await policeDesk(app)).get('/api/referrals?box=inbox');
  await sealed();
  const ofCase = async () => (await eventsAfter(app)).filter((event) => event.cases.includes(caseId));
  const [events, leaves, head] = [
    await ofCase(),
    await app.database.ask('select * from hien.audit_leaf order by leaf_index'),
    await rootsOf(app),
  ];
  expect(events.length).toBeGreaterThanOrEqual(5);
  await as('an.vhxh.sontra', (bearer) => askErasure(by, { bearer, code, reason: 'SUBJECT_REQUEST' }));
  await as(OPERATOR, (bearer) => confirmErasure(by, { bearer, code }));
  await sealed();
  expect((await ofCase()).slice(0, events.length)).toEqual(events);
  const after = await app.database.ask('select * from hien.audit_leaf order by leaf_index');
  expect(after.slice(0, leaves.length)).toEqual(leaves);
  const [stored] = await app.database.ask<{ root: Buffer }>('select root from hien.audit_checkpoint where size = $1', [
    head.size,
  ]);
  expect(stored?.root.toString('hex')).toBe(head.signed);
  const now = await rootsOf(app);
  expect(now.ofTiles).toBe(now.signed);
});

it('the running server makes the months to come by itself, and no event falls into the partition for whatever else', async () => {
  const last = `select relname as name from pg_class where relname ~ '^audit_event_\\d{4}' and relkind = 'r' order by 1 desc limit 1`;
  const [newest] = await app.database.ask<{ name: string }>(last);
  await app.database.ask(`drop table hien.${newest?.name}, hien.${newest?.name.replace('event_', 'event_case_')}`);
  await keepPartitions({ pool: app.context.pools.app });
  expect(await app.database.ask(last)).toEqual([newest]);
  const guards = await app.database.ask(
    `select c.relforcerowsecurity as forced, count(t.oid)::int as guards from pg_class c join pg_trigger t on t.tgrelid = c.oid
      where c.relname = $1 group by 1`,
    [newest?.name],
  );
  expect(guards).toEqual([{ forced: true, guards: 2 }]);
  for (const rest of ['audit_event_rest', 'audit_event_case_rest'])
    expect(await app.database.ask(`select 1 from hien.${rest}`), rest).toEqual([]);
});
