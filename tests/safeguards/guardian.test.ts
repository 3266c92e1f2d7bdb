import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, it, vi } from 'vitest';
import { secret } from '../../server/kernel/secret.ts';
import { writeKeyring } from '../../server/keys/keyring.ts';
import { decodeRingSecrets } from '../../server/keys/ring-secrets.ts';
import { GUARDIAN_ID } from '../../server/keys/named-principals.ts';
import { run } from '../commands/run.ts';
import { aFolder, aPlainOwner } from '../retention/stage.ts';
import { accountOf, aCaseWorker, aColleague, AGENCY, stranger, supervisor, type Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { asPerson } from '../support/as-person.ts';
import { aViolenceCase } from '../support/bodies.ts';
import { eventsOf } from '../support/log-book.ts';
import { done, openCase, openReferral, registerCase, sendReferral } from '../support/seed.ts';
import { ADMIN, openByGuardian, OPERATOR, REASON, SUPERVISOR } from './guardian-stage.ts';

// A command is a process of its own, and takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });
const app = await startApp();
const worker = await aCaseWorker(app);
const colleague = await aColleague(app);
const boss = await supervisor(app);
const COLLEAGUE = 'huy.vhxh.sontra';
const STATED = { 'access-purpose': 'supervision' };

const guardedOf = (caseId: string) =>
  app.database.ask<{ kind: string }>(
    `select subject_kind as kind from hien.access_grant where case_id = $1 and holder_kind = 'guardian' and holder_id = $2 order by 1`,
    [caseId, GUARDIAN_ID],
  );
const restrict = (caseId: string, members: readonly Person[]) =>
  worker.put(`/api/cases/${caseId}/restriction`, {
    reasonCode: 'SAFETY',
    memberIds: members.map((member) => member.staffId),
  });

/** A case that only its worker had, with something sent from it; she has left since. */
async function anAbandonedCase() {
  const sent = await sendReferral(app, worker);
  done(await restrict(sent.caseId, [worker]));
  const { version } = await openCase(worker, sent.caseId);
  const change = { risk: { level: 'HIGH', redFlags: ['WEAPON'] } };
  done(await worker.patch(`/api/cases/${sent.caseId}`, change, { 'if-match': `"${version}"` }));
  await app.database.ask('update hien.case_member set ends_at = now() where case_id = $1', [sent.caseId]);
  for (const person of [worker, colleague, boss])
    expect((await person.get(`/api/cases/${sent.caseId}`, person === boss ? STATED : {})).status).toBe(404);
  return sent;
}

it('every new case, and what is sent from it, is granted to the guardian; a restriction grants it the newer keys', async () => {
  const { caseId } = await sendReferral(app, worker);
  expect(await guardedOf(caseId)).toEqual([{ kind: 'case' }, { kind: 'referral' }]);
  done(await restrict(caseId, [worker]));
  expect(await guardedOf(caseId)).toEqual([{ kind: 'case' }, { kind: 'case' }, { kind: 'referral' }]);
});

it('a restricted case whose named people have all left is given to others by two people, and they read all of it', async () => {
  const { caseId, code, referralId } = await anAbandonedCase();
  const events = await eventsOf(app, async () => {
    expect(await openByGuardian(app, { code, to: [COLLEAGUE] })).toEqual({ subjects: 2, holders: 1 });
  });
  const view = await openCase(colleague, caseId);
  expect(view).toMatchObject({ isRestricted: true, risk: { level: 'HIGH' } });
  expect(view.survivor.fullName?.length).toBeGreaterThan(5);
  expect(view.team).toContainEqual(expect.objectContaining({ id: colleague.staffId, memberRole: 'lead' }));
  expect((await openReferral(colleague, referralId)).body.envelope?.fields.length).toBeGreaterThan(0);
  expect((await boss.get(`/api/cases/${caseId}`, STATED)).status).toBe(404);
  expect((await (await stranger(app)).get(`/api/cases/${caseId}`)).status).toBe(404);
  const told = events.filter((event) => event.action.startsWith('guardian.'));
  expect(told).toMatchObject([
    { action: 'guardian.agree', actor: boss.staffId, cases: [caseId], reason: REASON, outcome: 'done' },
    { action: 'guardian.open', actor: accountOf(OPERATOR).staffId, cases: [caseId], reason: REASON, count: 2 },
  ]);
  expect(told[1]?.fields).toEqual([`agreed:${boss.staffId}`, `for:${colleague.staffId}`]);
  const { items } = done<{ items: { action: string; outcome: string }[] }>(
    await colleague.get(`/api/cases/${caseId}/accesses`),
  );
  expect(items.map(({ action }) => action)).toEqual(expect.arrayContaining(['guardian.agree', 'guardian.open']));
});

it('an administrator may agree too, and the agency as a whole may get the case back: then it is not restricted any more', async () => {
  const { caseId, code } = await anAbandonedCase();
  await openByGuardian(app, { code, to: 'agency' }, { agreedBy: ADMIN });
  const seen = done<{ isRestricted: boolean; survivor: { fullName?: string } }>(
    await boss.get(`/api/cases/${caseId}`, STATED),
  );
  expect(seen.isRestricted).toBe(false);
  expect(seen.survivor.fullName).toBeDefined();
});

it('an agency that lost its keys gets its cases back under new ones', async () => {
  const { id, code } = await registerCase(app, worker, aViolenceCase(app.clock));
  const made = await app.context.keys.custodian.createPrincipal({
    principalId: AGENCY.socialSonTra,
    kind: 'agency',
    version: 2,
  });
  await app.database.ask(
    'insert into hien.principal_key (principal_id, kind, version, public_key, vouch, wrapped_private_key, wrapped_list_key) values ($1, $2, 2, $3, $4, $5, $6)',
    [made.principalId, made.kind, made.publicKey, made.vouch, made.wrappedPrivateKey, made.wrappedListKey],
  );
  await app.database.ask(`update hien.access_grant set bundle = '\\x00' where case_id = $1 and holder_id = $2`, [
    id,
    AGENCY.socialSonTra,
  ]);
  expect((await worker.get(`/api/cases/${id}`)).problem.code).toBe('SEAL_BROKEN');
  await app.database.ask('delete from hien.access_grant where case_id = $1 and holder_id = $2', [
    id,
    AGENCY.socialSonTra,
  ]);
  await openByGuardian(app, { code, to: 'agency' });
  expect((await boss.get(`/api/cases/${id}`, STATED)).status).toBe(200);
});

it('who is not of the agency, of the wrong role, alone, or has another unlock opens nothing; every try is on record', async () => {
  const { caseId, code } = await anAbandonedCase();
  const before = await app.database.ask('select id from hien.access_grant where case_id = $1 order by 1', [caseId]);
  const tries: [Parameters<typeof openByGuardian>[2], string, string[]?][] = [
    [{ agreedBy: 'quyet.ca.sontra' }, 'NOT_FOUND'],
    [{ agreedBy: 'lan.vhxh.sontra' }, 'NOT_FOUND'],
    [{ agreedBy: OPERATOR }, 'NOT_FOUND'],
    [{ operator: SUPERVISOR }, 'NOT_FOUND'],
    [{ operator: ADMIN }, 'NOT_FOUND'],
    [{ unlock: Buffer.alloc(32, 7) }, 'SEAL_BROKEN'],
    [{}, 'VALIDATION_FAILED', ['mai.vhxh.anhai']],
    [{}, 'VALIDATION_FAILED', [COLLEAGUE, 'nobody']],
    [{}, 'VALIDATION_FAILED', [ADMIN]],
  ];
  for (const [by, wanted, to = [COLLEAGUE]] of tries) {
    const events = await eventsOf(app, async () => {
      await expect(openByGuardian(app, { code, to }, by), JSON.stringify(by)).rejects.toMatchObject({ code: wanted });
    });
    expect(events).toContainEqual(expect.objectContaining({ outcome: 'refused', cases: [caseId], reason: wanted }));
  }
  await expect(openByGuardian(app, { code: 'XXXX-XXXX', to: 'agency' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await app.database.ask('select id from hien.access_grant where case_id = $1 order by 1', [caseId])).toEqual(
    before,
  );
});

it('SQL with the rights of the application, bound to a person, neither sees nor takes away what the guardian holds', async () => {
  const { caseId } = await sendReferral(app, worker);
  const found = await asPerson(app, worker, `select holder_kind from hien.access_grant where case_id = '${caseId}'`);
  expect(found).not.toHaveLength(0);
  expect(found).not.toContainEqual({ holderKind: 'guardian' });
  const other = await registerCase(app, worker);
  await asPerson(app, boss, `delete from hien.access_grant`);
  await asPerson(app, boss, `update hien.access_grant set ends_at = now()`);
  for (const id of [caseId, other.id])
    expect(
      await app.database.ask(
        `select ends_at from hien.access_grant where case_id = $1 and holder_kind = 'guardian' and ends_at is null`,
        [id],
      ),
    ).not.toHaveLength(0);
});

it('the command asks both people and takes two shares; with one it says what is missing', async () => {
  const { caseId, code } = await anAbandonedCase();
  const folder = await aFolder();
  const ownerUrl = (await aPlainOwner(app)).urlOf(app.database);
  await app.database.ask(`grant hien_keeper to ${new URL(ownerUrl).username}`);
  const files = inject('house').guardianShares.map((_, index) => join(folder, `${index}.txt`));
  for (const [index, text] of inject('house').guardianShares.entries()) await writeFile(files[index] ?? '', text);
  const input = `${accountOf(SUPERVISOR).password}\n${accountOf(OPERATOR).password}\n`;
  const opening = ['--open', code, '--for', COLLEAGUE, '--agreed-by', SUPERVISOR, '--as', OPERATOR];
  const env = { DATABASE_OWNER_URL: ownerUrl, ...(await aKeyringIn(folder)) };
  const open = (args: string[], typed = input) => run('commands/guardian.command', { args, env, input: typed });
  const shares = [0, 2].flatMap((index) => ['--share', files[index] ?? '']);
  expect(await open([...opening, '--reason', REASON, ...shares.slice(0, 2)])).toMatchObject({
    code: 2,
    err: expect.stringContaining('too few'),
  });
  expect(await open(['--open', code])).toMatchObject({ code: 2, err: expect.stringContaining('Usage') });
  expect(await open([...opening, '--reason', 'WHIM', ...shares])).toMatchObject({
    code: 2,
    err: expect.stringContaining('NAMED_PERSONS_LEFT'),
  });
  expect(await open([...opening, '--reason', REASON, ...shares], 'wrong\nwrong\n')).toMatchObject({ code: 2 });
  expect((await colleague.get(`/api/cases/${caseId}`)).status).toBe(404);
  const given = await open([...opening, '--reason', REASON, ...shares]);
  expect(given, given.err).toMatchObject({ code: 0, err: '' });
  expect((await colleague.get(`/api/cases/${caseId}`)).status).toBe(200);
});

/** The keyring of this run as a file, for a process of its own. */
async function aKeyringIn(folder: string): Promise<Record<string, string>> {
  const [HIEN_KEYRING, HIEN_KEYRING_PASSPHRASE_FILE] = [join(folder, 'ring.json'), join(folder, 'passphrase')];
  const passphrase = 'một cụm mật khẩu để thử';
  await writeFile(HIEN_KEYRING_PASSPHRASE_FILE, passphrase, { mode: 0o600 });
  const secrets = decodeRingSecrets(Buffer.from(inject('house').ringSecrets, 'base64')) ?? [];
  await writeKeyring({ file: HIEN_KEYRING, passphrase: secret(passphrase) }, secrets);
  return { HIEN_KEYRING, HIEN_KEYRING_PASSPHRASE_FILE };
}
