import type { KeyObject } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, inject, it, vi } from 'vitest';
import type { PrincipalKeys } from '../../server/keys/custodian.ts';
import { dataKeyObject, type HolderKind } from '../../server/keys/data-keys.ts';
import { keyringCustodian } from '../../server/keys/keyring-custodian.ts';
import { decodeRingSecrets } from '../../server/keys/ring-secrets.ts';
import { openDocument } from '../../server/keys/sealed-document.ts';
import { accountOf, aCaseWorker, policeDesk, policeOfficer } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { anEmptyDatabase } from '../support/database.ts';
import { acceptReferral, done, openCase, openReferral, sendReferral } from '../support/seed.ts';
import { bytes, rowsIn, text, type Row } from './copy-text.ts';
import { aFolder, aPlainOwner, command, placeIn } from './stage.ts';

// Commands are processes of their own, and take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });
const app = await startApp();
const folder = await aFolder();
const owner = await aPlainOwner(app);
const ownerUrl = owner.urlOf(app.database);
const [worker, desk, officer] = [await aCaseWorker(app), await policeDesk(app), await policeOfficer(app)];

async function served() {
  const sent = await sendReferral(app, worker);
  await acceptReferral(desk, sent.referralId, officer);
  await openReferral(officer, sent.referralId);
  return sent;
}
const [doomed, kept, regretted] = [await served(), await served(), await served()];

/** The first day: both dumps. Then the case is erased, and today's keys are dumped alone. */
const first = await command(ownerUrl, 'data-dump', { args: [join(folder, 'data'), '--keys', join(folder, 'keys')] });
const old = { data: placeIn(first, 'data'), keys: placeIn(first, 'keys') };
for (const [username, step] of [
  ['an.vhxh.sontra', ['--reason', 'RETENTION_EXPIRED']],
  ['thanh.vanhanh', ['--confirm', '--to', folder]],
] as const) {
  const args = ['--case', doomed.code, '--as', username, ...step];
  const ran = await command(ownerUrl, 'cases-erase', { args, input: `${accountOf(username).password}\n` });
  if (ran.code !== 0) throw new Error(ran.err);
}
done(await worker.post(`/api/consents/${regretted.consentId}/withdrawal`, { reason: 'CHANGED_MIND' }));
const today = placeIn(await command(ownerUrl, 'keys-dump', { args: [join(folder, 'keys')] }), 'keys');

/** Whoever has the keyring and a dump of keys: every data key of every grant, and every list key. */
async function everyKeyIn(place: string): Promise<KeyObject[]> {
  const secrets = decodeRingSecrets(Buffer.from(inject('house').ringSecrets, 'base64')) ?? [];
  const custodian = keyringCustodian(secrets, () => performance.now());
  const principals = (await rowsIn(place, 'principal_key')).map(principalOf);
  const keys: KeyObject[] = await Promise.all(principals.map((principal) => custodian.listKey(principal)));
  for (const grant of await rowsIn(place, 'access_grant')) {
    // Its unlock is with people, not in a keyring.
    if (grant['holder_kind'] === 'guardian') continue;
    const version = Number(text(grant, 'holder_key_version'));
    const holder = principals.find((each) => each.principalId === grant['holder_id'] && each.version === version);
    if (holder === undefined) throw new Error('a grant without its holder');
    const bundle = await custodian.openBundle(holder, grantOf(grant), bytes(grant, 'bundle'));
    keys.push(...bundle.map(({ key }) => dataKeyObject(key)));
  }
  return keys;
}

function principalOf(row: Row): PrincipalKeys {
  return {
    principalId: text(row, 'principal_id'),
    kind: text(row, 'kind') as HolderKind,
    version: Number(text(row, 'version')),
    publicKey: bytes(row, 'public_key'),
    vouch: bytes(row, 'vouch'),
    wrappedPrivateKey: bytes(row, 'wrapped_private_key'),
    wrappedListKey: bytes(row, 'wrapped_list_key'),
  };
}

function grantOf(row: Row) {
  return {
    grantId: text(row, 'id'),
    holderKind: text(row, 'holder_kind') as HolderKind,
    holderId: text(row, 'holder_id'),
    holderKeyVersion: Number(text(row, 'holder_key_version')),
    subjectKind: text(row, 'subject_kind'),
    subjectId: text(row, 'subject_id'),
    caseId: text(row, 'case_id'),
    ownerAgencyId: text(row, 'owner_agency_id'),
    basisKind: text(row, 'basis_kind'),
    basisId: row['basis_id'] ?? null,
    beginsAtMs: Date.parse(text(row, 'begins_at')),
    latestEndMs: row['latest_end'] === null ? null : Date.parse(text(row, 'latest_end')),
  };
}

/** Tries every key on a document, with the very context it was sealed in. */
function opens(row: Row, keys: readonly KeyObject[]): boolean {
  const of = ['id', 'record_kind', 'record_id', 'subject_id', 'subject_kind', 'owner_agency_id', 'written_by'];
  const context = {
    table: 'sealed_document',
    rowId: [...of.map((column) => text(row, column)), bytes(row, 'current_proof_hash').toString('hex')].join('/'),
    caseId: text(row, 'case_id'),
    compartment: text(row, 'compartment'),
    keyVersion: Number(text(row, 'key_version')),
    revision: Number(text(row, 'revision')),
  };
  return keys.some((key) => {
    try {
      return openDocument(key, context, bytes(row, 'sealed')) !== undefined;
    } catch {
      return false;
    }
  });
}

const documents = await rowsIn(old.data, 'sealed_document');
const of = (caseId: string): Row[] => documents.filter((row) => row['case_id'] === caseId);

it('the older data still have every sealed byte of the erased case', () => {
  expect(of(doomed.caseId).length).toBeGreaterThan(8);
  expect(of(doomed.caseId)).toHaveLength(of(kept.caseId).length);
});

it('with the keyring and the keys of that day each of them opens: the attack is a real one', async () => {
  const keys = await everyKeyIn(old.keys);
  for (const row of [...of(doomed.caseId), ...of(kept.caseId)])
    expect(opens(row, keys), text(row, 'compartment')).toBe(true);
});

it('with the keyring and today’s keys none of them opens, whichever key is tried; the other case’s all do', async () => {
  const keys = await everyKeyIn(today);
  expect(keys.length).toBeGreaterThan(20);
  for (const row of of(doomed.caseId)) expect(opens(row, keys), text(row, 'compartment')).toBe(false);
  for (const row of of(kept.caseId)) expect(opens(row, keys), text(row, 'compartment')).toBe(true);
});

it('a dump of data has no other sealed byte, and none that a lasting key would open', async () => {
  const rows = await app.database.ask<{ name: string }>(
    `select c.relname || '.' || a.attname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid where n.nspname = 'hien' and a.atttypid = 'bytea'::regtype and a.attnum > 0`,
  );
  const manifest = JSON.parse(await readFile(join(old.data, 'manifest.json'), 'utf8')) as {
    files: { table: string; columns: string[] }[];
  };
  const dumped = manifest.files.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`));
  expect(
    rows
      .map(({ name }) => name)
      .filter((name) => dumped.includes(name))
      .toSorted(),
  ).toEqual([
    'audit_checkpoint.root',
    'audit_event.event',
    'audit_leaf.leaf_hash',
    'audit_tile.hashes',
    'sealed_document.current_proof',
    'sealed_document.current_proof_hash',
    'sealed_document.sealed',
  ]);
});

it('today’s keys name the erased case nowhere but among the erased ones', async () => {
  for (const name of await readdir(today)) {
    const content = await readFile(join(today, name), 'utf8');
    const names = [doomed.caseId, doomed.referralId].some((id) => content.includes(id));
    expect(names, name).toBe(name === 'erased_case.copy');
  }
});

it('restored together, the erased case is not there for anybody, and the other opens', async () => {
  const restoredOn = await anEmptyDatabase();
  afterAll(() => restoredOn.drop());
  await restoredOn.ask('grant hien_app to hien_service');
  const ran = await command(owner.urlOf(restoredOn), 'data-restore', { args: [old.data, today] });
  expect(ran, ran.err).toMatchObject({ code: 0, out: expect.stringContaining('of erased cases') });
  const second = await startApp({ database: restoredOn });
  const again = await aCaseWorker(second);
  expect((await again.get(`/api/cases/${doomed.caseId}`)).status).toBe(404);
  expect((await openCase(again, kept.caseId)).survivor).toEqual((await openCase(worker, kept.caseId)).survivor);
  expect((await openReferral(await policeOfficer(second), kept.referralId)).status).toBe(200);
  expect((await openReferral(await policeOfficer(second), doomed.referralId)).status).toBe(404);
  // What was withdrawn since stays withdrawn, and what the partner held stays taken.
  const consents = await again.get<{ items: { id: string; state: string }[] }>(
    `/api/cases/${regretted.caseId}/consents`,
  );
  expect(consents.body.items).toMatchObject([{ id: regretted.consentId, state: 'withdrawn' }]);
  expect((await openReferral(await policeOfficer(second), regretted.referralId)).status).toBe(404);
  for (const table of ['case_file', 'sealed_document', 'consent', 'referral', 'access_grant', 'blind_index'])
    expect(
      await restoredOn.ask(`select 1 from hien.${table} t where t::text like $1`, [`%${doomed.caseId}%`]),
      table,
    ).toEqual([]);
  const log = await restoredOn.ask(`select 1 from hien.audit_event_case where case_id = $1`, [doomed.caseId]);
  expect(log.length).toBeGreaterThan(0);
});
