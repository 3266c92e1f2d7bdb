import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, inject, it, vi } from 'vitest';
import { canonicalJson } from '../../server/kernel/canonical-json.ts';
import {
  askErasure,
  confirmErasure,
  openArchivist,
  sweepDeleted,
  type Certificate,
} from '../../server/retention/index.ts';
import { withTerminalSession } from '../../server/identity/terminal-session.ts';
import { accountOf, aCaseWorker, auditor, policeDesk, policeOfficer, supervisor } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aTraffickingCase } from '../support/bodies.ts';
import { eventsOf } from '../support/log-book.ts';
import { acceptReferral, draftReferral, openCase, openReferral, registerCase, sendReferral } from '../support/seed.ts';
import { aFolder, aPlainOwner, command } from './stage.ts';

// Commands are processes of their own, and take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });
const app = await startApp();
const folder = await aFolder();
const ownerUrl = (await aPlainOwner(app)).urlOf(app.database);
const [worker, desk, officer] = [await aCaseWorker(app), await policeDesk(app), await policeOfficer(app)];

const SUPERVISOR = 'an.vhxh.sontra';
const OPERATOR = 'thanh.vanhanh';
const REASON = 'SUBJECT_REQUEST';

type Step = { as: string; args: string[]; password?: string };
function erase(code: string, { as, args, password }: Step) {
  const input = `${password ?? accountOf(as).password}\n`;
  return command(ownerUrl, 'cases-erase', { args: ['--case', code, '--as', as, '--to', folder, ...args], input });
}
const ask = (code: string, as = SUPERVISOR) => erase(code, { as, args: ['--reason', REASON] });
const confirm = (code: string, as = OPERATOR) => erase(code, { as, args: ['--confirm'] });

const archivist = openArchivist(ownerUrl);
afterAll(() => archivist.close());
const by = { archivist, policy: app.context.performer.policy, clock: app.clock };

/** The same without a process for each person. */
function signedIn<T>(username: string, run: (bearer: Buffer) => Promise<T>, password?: string): Promise<T> {
  return withTerminalSession(archivist.ports, { username, password: password ?? accountOf(username).password }, run);
}
const asking = (code: string, as: string, password?: string) =>
  signedIn(as, (bearer) => askErasure(by, { bearer, code, reason: REASON }), password);
const confirming = (code: string, as: string) => signedIn(as, (bearer) => confirmErasure(by, { bearer, code }));

/** A case with everything: two referrals, one of them served, a draft, consents, an opened file. */
async function aFullCase() {
  const sent = await sendReferral(app, worker);
  await acceptReferral(desk, sent.referralId, officer);
  await openReferral(officer, sent.referralId);
  await draftReferral(app, worker, { caseId: sent.caseId, fields: ['case_code'] });
  await openCase(worker, sent.caseId);
  return sent;
}

/** Every table that still has a row that names the case, its referrals or consents. */
async function tablesNaming(ids: readonly string[]): Promise<string[]> {
  const tables = await app.database.ask<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'hien' and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  );
  const naming: string[] = [];
  for (const { name } of tables) {
    const found = await app.database.ask(`select 1 from hien.${name} t where t::text ~ $1 limit 1`, [ids.join('|')]);
    if (found.length > 0) naming.push(name);
  }
  return naming;
}

describe('erasing a case', () => {
  it('takes two people; then nobody finds it, and the certificate says what was destroyed and when the last key dies', async () => {
    const sent = await aFullCase();
    const other = await registerCase(app, worker, aTraffickingCase(app.clock));
    const key = { 'idempotency-key': crypto.randomUUID() };
    await worker.post(`/api/cases/${sent.caseId}/consents`, {}, key);
    const before = await tablesNaming([sent.caseId, sent.referralId, sent.consentId]);
    expect(before).toEqual(
      expect.arrayContaining(['access_grant', 'blind_index', 'case_file', 'data_key', 'sealed_document']),
    );
    const grants = await app.database.ask<{ hex: string }>(
      `select encode(bundle, 'hex') as hex from hien.access_grant where case_id = $1`,
      [sent.caseId],
    );
    expect(grants.length).toBeGreaterThanOrEqual(3);

    const asked = await ask(sent.code);
    expect(asked, asked.err).toMatchObject({ code: 0, out: expect.stringContaining('nothing is erased yet') });
    expect((await openCase(worker, sent.caseId)).id).toBe(sent.caseId);

    const done = await confirm(sent.code);
    expect(done, done.err).toMatchObject({ code: 0 });
    expect(await tablesNaming([sent.caseId, sent.referralId, sent.consentId])).toEqual([
      'audit_event',
      'audit_event_case',
      'erased_case',
    ]);
    expect((await worker.get(`/api/cases/${sent.caseId}`)).status).toBe(404);
    expect((await officer.get(`/api/referrals/${sent.referralId}`)).status).toBe(404);
    expect((await (await supervisor(app)).get(`/api/cases/${sent.caseId}`)).status).toBe(404);
    expect((await openCase(worker, other.id)).id).toBe(other.id);

    const stored = JSON.parse(await readFile(join(folder, `erasure-${sent.code}.json`), 'utf8')) as {
      certificate: Certificate;
      sha256: string;
    };
    expect(stored.certificate).toMatchObject({
      caseId: sent.caseId,
      code: sent.code,
      reason: REASON,
      askedBy: accountOf(SUPERVISOR).staffId,
      confirmedBy: accountOf(OPERATOR).staffId,
      destroyed: { access_grant: grants.length, case_file: 1, referral: 2, consent: 1 },
      keyCopyDays: 35,
    });
    expect(stored.sha256).toBe(createHash('sha256').update(canonicalJson(stored.certificate)).digest('hex'));
    const days =
      (Date.parse(stored.certificate.lastKeyCopyDiesOn) - Date.parse(stored.certificate.erasedAt)) / 86_400_000;
    expect(days).toBeGreaterThan(35);
    expect(days).toBeLessThan(37);
    const printed = await readFile(join(folder, `erasure-${sent.code}.txt`), 'utf8');
    for (const part of [sent.code, stored.sha256, stored.certificate.lastKeyCopyDiesOn, 'BIÊN BẢN XOÁ HỒ SƠ'])
      expect(printed).toContain(part);
    expect(printed.normalize('NFC')).toBe(printed);
  });

  it('is on record in the names of both, and the earlier records remain', async () => {
    const { id, code } = await registerCase(app, worker);
    await openCase(worker, id);
    const asked = await eventsOf(app, () => asking(code, SUPERVISOR));
    const done = await eventsOf(app, () => confirming(code, OPERATOR));
    expect(asked.map((event) => event.action)).toEqual(['session.open', 'case.erase_ask', 'session.end']);
    expect(asked[1]).toMatchObject({
      actor: accountOf(SUPERVISOR).staffId,
      cases: [id],
      reason: REASON,
      outcome: 'done',
      purpose: 'supervision',
      policies: ['retention.supervisor_asks'],
      seq: 1,
    });
    const erased = done.find((event) => event.action === 'case.erase');
    expect(erased).toMatchObject({
      actor: accountOf(OPERATOR).staffId,
      objectId: id,
      outcome: 'done',
      policies: ['retention.operator_confirms'],
    });
    const again = await command(ownerUrl, 'cases-erase', { args: ['--case', code, '--certificate', '--to', folder] });
    const hash = /canonical JSON\):\s+([0-9a-f]{64})/.exec(again.out)?.[1];
    expect(erased?.fields).toEqual([`sha256:${hash}`]);
    const log = (
      await (await auditor(app)).get<{ items: { action: string }[] }>(`/api/audit/events?case=${id}&limit=100`)
    ).body;
    expect(log.items.map((item) => item.action)).toEqual(
      expect.arrayContaining(['case.register', 'case.open', 'case.erase_ask', 'case.erase']),
    );
  });

  it('neither code nor id is ever given out again', async () => {
    const { id, code } = await registerCase(app, worker);
    await asking(code, SUPERVISOR);
    await confirming(code, OPERATOR);
    const insert = (newId: string, newCode: string) =>
      app.database.ask(
        `insert into hien.case_file (id, code, owner_agency_id, stage, priority, basis_kind, created_by, created_at, changed_at)
         select $1, $2, owner_agency_id, stage, priority, basis_kind, created_by, created_at, changed_at from hien.case_file limit 1`,
        [newId, newCode],
      );
    await registerCase(app, worker);
    await expect(insert(crypto.randomUUID(), code)).rejects.toThrow(/erased/);
    await expect(insert(id, 'AAAA-0000')).rejects.toThrow(/erased/);
  });

  it('the deleted keys lie in no page of the database files any more', async () => {
    const { id, code } = await registerCase(app, worker);
    const [grant] = await app.database.ask<{ bundle: Buffer }>(
      'select bundle from hien.access_grant where case_id = $1',
      [id],
    );
    const needle = grant?.bundle.subarray(0, 64) ?? Buffer.alloc(0);
    await app.database.ask('checkpoint');
    expect(await filesHolding(needle)).toBeGreaterThan(0);
    await asking(code, SUPERVISOR);
    // Somebody who began before the erasure still sees what was there.
    const onlooker = new pg.Client({ connectionString: ownerUrl });
    await onlooker.connect();
    await onlooker.query('begin isolation level repeatable read');
    await onlooker.query('select count(*) from hien.agency');
    await confirming(code, OPERATOR);
    expect(await sweepDeleted(ownerUrl, 200)).toBe(false);
    await onlooker.end();
    expect(await sweepDeleted(ownerUrl)).toBe(true);
    await app.database.ask('checkpoint');
    expect(await filesHolding(needle)).toBe(0);
  });
});

async function filesHolding(needle: Buffer): Promise<number> {
  const [row] = await app.database.ask<{ oid: string }>(
    'select oid::text from pg_database where datname = current_database()',
  );
  const place = join(inject('house').folder, 'postgres', 'base', row?.oid ?? '');
  let holding = 0;
  for (const name of await readdir(place))
    if ((await readFile(join(place, name)).catch(() => Buffer.alloc(0))).includes(needle)) holding += 1;
  return holding;
}

describe('what is refused destroys nothing, and is on record', () => {
  const refusedFor = async (code: string, deed: () => Promise<unknown>, reason: string): Promise<void> => {
    const events = await eventsOf(app, () => expect(deed()).rejects.toThrow(reason));
    const refused = events.find((event) => event.outcome === 'refused');
    expect(refused).toMatchObject({ reason });
    expect(await app.database.ask('select 1 from hien.case_file where code = $1', [code])).toHaveLength(1);
  };

  it('asking: by a case worker, a desk, an operator, an administrator, another agency’s supervisor', async () => {
    const { code } = await registerCase(app, worker);
    for (const as of ['toan.ca.sontra', OPERATOR, 'duc.vhxh.sontra', 'quyet.ca.sontra'])
      await refusedFor(code, () => asking(code, as), 'NOT_FOUND');
    await refusedFor(code, () => asking(code, 'lan.vhxh.sontra'), 'NOT_ALLOWED');
    expect(
      await app.database.ask(
        'select 1 from hien.erasure_request r join hien.case_file c on c.id = r.case_id where c.code = $1',
        [code],
      ),
    ).toEqual([]);
  });

  it('a wrong password, and a name that nobody has', async () => {
    const { code } = await registerCase(app, worker);
    await refusedFor(code, () => asking(code, SUPERVISOR, 'không phải'), 'SIGN_IN_FAILED');
    await refusedFor(code, () => asking(code, 'khong.ai', 'không phải'), 'SIGN_IN_FAILED');
  });

  it('confirming: what nobody asked, or by anybody but an operator', async () => {
    const { code } = await registerCase(app, worker);
    await refusedFor(code, () => confirming(code, OPERATOR), 'STATE_CONFLICT');
    await asking(code, SUPERVISOR);
    await refusedFor(code, () => confirming(code, SUPERVISOR), 'NOT_ALLOWED');
    for (const as of ['duc.vhxh.sontra', 'nguyet.snv', 'quyet.ca.sontra'])
      await refusedFor(code, () => confirming(code, as), 'NOT_FOUND');
  });

  it('the terminal says it in one clear sentence of each language', async () => {
    const { code } = await registerCase(app, worker);
    const early = await confirm(code);
    expect(early).toMatchObject({ code: 2, err: expect.stringContaining('No request to erase this case is waiting') });
    expect(early.err).toContain('Chưa xoá gì');
    const wrong = await erase(code, { as: SUPERVISOR, args: ['--reason', 'BECAUSE'] });
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('RETENTION_EXPIRED') });
    expect((await erase('K7MQ', { as: SUPERVISOR, args: ['--confirm'] })).err).toContain('Usage');
    expect((await erase(code, { as: SUPERVISOR, args: ['--reason', REASON, '--confirm'] })).err).toContain('Usage');
  });
});

describe('between the two people', () => {
  const alsoOperator = `insert into hien.staff_role values ($1, 'operator')`;
  const noOperator = `delete from hien.staff_role where staff_id = $1 and role = 'operator'`;

  it('a request lasts seven days, and a person who is both cannot be both at once', async () => {
    const { code } = await registerCase(app, worker);
    await asking(code, SUPERVISOR);
    app.clock.advance(7 * 86_400_000);
    await expect(confirming(code, OPERATOR)).rejects.toThrow('STATE_CONFLICT');
    await asking(code, SUPERVISOR);
    await app.database.ask(alsoOperator, [accountOf(SUPERVISOR).staffId]);
    await expect(confirming(code, SUPERVISOR)).rejects.toThrow('NOT_ALLOWED');
    await app.database.ask(noOperator, [accountOf(SUPERVISOR).staffId]);
    // No custodian is anywhere near: destroying opens nothing.
    expect((await confirming(code, OPERATOR)).code).toBe(code);
  });
});
