import { expect, it } from 'vitest';
import { runWork } from '../../server/db/work.ts';
import type { GrantRow } from '../../server/keys/grants.store.ts';
import { columnsOf } from '../../server/keys/subject-keys.ts';
import { AGENCY, aCaseWorker, aColleague, signIn, supervisor, type Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { done, openCase, registerCase, sendReferral } from '../support/seed.ts';

const app = await startApp({
  // Wall 1 is open to everybody in this file: what is refused here is refused by the keys, or by the rows.
  policy: { policies: [], decide: () => ({ isAllowed: true, policies: ['test.everything'] }) },
});
const { custodian, principals } = app.context.keys;
const worker = await aCaseWorker(app);
const colleague = await aColleague(app);
const boss = await supervisor(app);

function restrict(who: Person, caseId: string, memberIds: readonly string[]) {
  return who.put(`/api/cases/${caseId}/restriction`, { reasonCode: 'SAFETY', memberIds });
}

/** Grants as a dump holds them. */
async function grantsOf(caseId: string): Promise<GrantRow[]> {
  const rows = await app.database.ask<GrantRow>(
    `select id, holder_kind as "holderKind", holder_id as "holderId", holder_key_version as "holderKeyVersion", subject_kind as "subjectKind",
      subject_id as "subjectId", case_id as "caseId", owner_agency_id as "ownerAgencyId", basis_kind as "basisKind", basis_id as "basisId",
      begins_at as "beginsAt", ends_at as "endsAt", latest_end as "latestEnd", bundle from hien.access_grant where case_id = $1 order by subject_kind, holder_kind, id`,
    [caseId],
  );
  return rows;
}

/** Compartments and versions that a holder's key finds in a grant, whatever the row says of its holder. */
async function opened(grant: GrantRow, holderId: string): Promise<string[] | 'refused'> {
  const holder = await principals.current(holderId);
  const columns = { ...columnsOf(grant), holderKind: holder.kind, holderId, holderKeyVersion: holder.version };
  return custodian.openBundle(holder, columns, grant.bundle).then(
    (bundle) => bundle.map(({ compartment, version }) => `${compartment} ${version}`),
    () => 'refused' as const,
  );
}

it('the agency’s private key opens no grant of a restricted case, and none of its envelopes', async () => {
  const { caseId } = await sendReferral(app, worker);
  const before = await grantsOf(caseId);
  const ours = (grants: GrantRow[]): Promise<unknown[]> =>
    Promise.all(grants.map((grant) => opened(grant, AGENCY.socialSonTra)));
  expect((await ours(before)).filter((each) => each !== 'refused')).toHaveLength(2);
  done(await restrict(worker, caseId, [worker.staffId, colleague.staffId]));
  const after = await grantsOf(caseId);
  expect(await ours(after)).toEqual(after.map(() => 'refused'));
  // Each named person opens her own two, and no other.
  for (const person of [worker, colleague]) {
    const found = await Promise.all(after.map(async (grant) => ({ grant, keys: await opened(grant, person.staffId) })));
    const own = found.filter(({ keys }) => keys !== 'refused');
    expect(own.map(({ grant }) => [grant.subjectKind, grant.holderId])).toEqual([
      ['case', person.staffId],
      ['referral', person.staffId],
    ]);
  }
});

it('with rows and policies open to all, colleagues and supervisor still cannot read it', async () => {
  const { id } = await registerCase(app, worker);
  done(await restrict(worker, id, [worker.staffId]));
  const tables = 'case_member access_grant case_file sealed_document data_key consent referral blind_index'.split(' ');
  for (const table of tables) await app.database.ask(`alter table hien.${table} disable row level security`);
  try {
    for (const person of [colleague, boss, await signIn(app, 'mai.vhxh.anhai')])
      expect((await person.get(`/api/cases/${id}`)).problem.code, person.username).toBe('NOT_FOUND');
    expect((await openCase(worker, id)).survivor.fullName).toBeDefined();
  } finally {
    for (const table of tables) await app.database.ask(`alter table hien.${table} enable row level security`);
  }
});

it('the agency’s old grant, put back, does not open what was written since', async () => {
  const { id } = await registerCase(app, worker);
  const [old] = await grantsOf(id);
  const kept = `create table public.kept as select * from hien.access_grant where case_id = '${id}' and holder_kind = 'agency'`;
  await app.database.ask(kept);
  done(await restrict(worker, id, [worker.staffId]));
  const { survivor, version } = await openCase(worker, id);
  const change = { survivor: { ...survivor, alias: 'Chị Ba' } };
  done(await worker.patch(`/api/cases/${id}`, change, { 'if-match': `"${version}"` }));
  expect((await opened(old as GrantRow, AGENCY.socialSonTra)) as string[]).not.toContain('identity 2');
  expect(
    await app.database.ask(
      'select key_version from hien.sealed_document where case_id = $1 and compartment = $2 and is_current',
      [id, 'identity'],
    ),
  ).toEqual([{ key_version: 2 }]);
  await app.database.ask('insert into hien.access_grant select * from public.kept');
  await app.database.ask(
    `insert into hien.case_member (grant_id, staff_id, agency_id, subject_kind, subject_id, case_id, member_role, begins_at)
      select id, $1, holder_id, 'case', case_id, case_id, 'member', begins_at from public.kept`,
    [colleague.staffId],
  );
  expect((await colleague.get(`/api/cases/${id}`)).problem.code).toBe('SEAL_BROKEN');
  expect((await openCase(worker, id)).survivor.alias).toBe('Chị Ba');
});

it('the keys are bound to the actor: a grant of another, found by whatever way, is not opened for her', async () => {
  const { id } = await registerCase(app, worker);
  done(await restrict(worker, id, [worker.staffId, colleague.staffId]));
  const all = await grantsOf(id);
  const grant = (holder: Person): GrantRow | undefined => all.find((each) => each.holderId === holder.staffId);
  const openAs = (who: Person, found: GrantRow | undefined): Promise<unknown> =>
    runWork(app.context.performer.appPorts, requestOf(who), async (work) => {
      work.record({ caseIds: [id] });
      void work.once(`grants ${id}`, async () => [found]);
      return (await app.context.keys.subjects.open(work, id)).keyFor('identity').version;
    }).catch((error: { code?: string }) => error.code);
  expect(await openAs(worker, grant(worker))).toBe(2);
  expect(await openAs(colleague, grant(colleague))).toBe(2);
  expect(await openAs(colleague, grant(worker))).toBe('SEAL_BROKEN');
  expect(await openAs(boss, grant(worker))).toBe('SEAL_BROKEN');
  expect(await openAs(await signIn(app, 'mai.vhxh.anhai'), grant(worker))).toBe('SEAL_BROKEN');
});

it('a grant moved to another person in the database opens for nobody', async () => {
  const { id } = await registerCase(app, worker);
  done(await restrict(worker, id, [worker.staffId, colleague.staffId]));
  const other = await signIn(app, 'nhung.vhxh.sontra');
  done(await restrict(worker, (await registerCase(app, worker)).id, [worker.staffId, other.staffId]));
  for (const table of ['access_grant set holder_id', 'case_member set staff_id'])
    await app.database.ask(`update hien.${table} = $1 where case_id = $2 and ${table.split(' ').at(-1)} = $3`, [
      other.staffId,
      id,
      colleague.staffId,
    ]);
  expect((await other.get(`/api/cases/${id}`)).problem.code).toBe('SEAL_BROKEN');
});

it('a key that the custodian did not sign receives nothing, and the case stays as it was', async () => {
  const { id } = await registerCase(app, worker);
  const [foreign] = await app.database.ask<{ id: string }>(
    `insert into hien.principal_key (principal_id, kind, version, public_key, vouch, wrapped_private_key, wrapped_list_key)
      select p.id, 'staff', 1, k.public_key, k.vouch, k.wrapped_private_key, k.wrapped_list_key
        from hien.staff p, hien.principal_key k where p.username = 'an.vhxh.sontra' and k.principal_id = $1 returning principal_id as id`,
    [AGENCY.socialSonTra],
  );
  const rows = await grantsOf(id);
  expect((await restrict(worker, id, [worker.staffId, foreign?.id ?? ''])).problem.code).toBe('KEY_NOT_VOUCHED');
  expect(await grantsOf(id)).toEqual(rows);
  expect((await openCase(worker, id)).isRestricted).toBe(false);
});

it('a person has one key pair, however many cases name her at the same time', async () => {
  const officers = await Promise.all(['toan.ca.sontra', 'thanh.ca.sontra'].map((name) => signIn(app, name)));
  const cases = await Promise.all(officers.map((officer) => registerCase(app, officer)));
  const ids = officers.map((officer) => officer.staffId);
  const replies = await Promise.all(officers.map((officer, at) => restrict(officer, cases[at]?.id ?? '', ids)));
  expect(replies.map((reply) => reply.status)).toEqual([200, 200]);
  const made = await app.database.ask('select kind, version from hien.principal_key where principal_id = any ($1)', [
    ids,
  ]);
  expect(made).toEqual([
    { kind: 'staff', version: 1 },
    { kind: 'staff', version: 1 },
  ]);
  for (const officer of officers)
    for (const each of cases) expect((await openCase(officer, each.id)).isRestricted).toBe(true);
});

function requestOf(who: Person) {
  return {
    bearer: Buffer.from(who.cookie().split('=')[1] ?? '', 'base64url'),
    purpose: 'case_work',
    deed: { action: 'case.open' },
    requestId: 'test',
    occurredAtMs: app.clock.now(),
    isDemonstration: false,
  };
}
