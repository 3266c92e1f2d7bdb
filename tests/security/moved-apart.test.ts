import { afterAll, expect, it } from 'vitest';
import { guardedGrants } from '../safeguards/guardian-stage.ts';
import { startApp } from '../support/app.ts';
import { counted as countedOf } from '../support/counted.ts';
import { aTamperer, literal } from '../support/tampering.ts';
import { tellStory } from '../support/told-story.ts';

// Grants and documents that nobody reads at a screen: the guardian's, and those of the statistics of a period.
const app = await startApp();
const story = await tellStory(app);
const tamperer = await aTamperer(app, ['access_grant', 'sealed_document', 'data_key']);
afterAll(() => tamperer.close());

type Row = Record<string, unknown> & { id: string };
const rowsOf = (table: string): Promise<Row[]> => app.database.ask<Row>(`select * from hien.${table} order by 1, 2`);
const grants = await rowsOf('access_grant');
const of = (kind: string): Row[] => grants.filter((grant) => grant['holder_kind'] === kind);
const documents = await rowsOf('sealed_document');
const records = documents.filter((row) => row['compartment'] === 'statistics');
const subjects = [...story.cases, ...story.referrals].map(({ id }) => id);

async function after<T>(sql: string, look: () => Promise<T>): Promise<T> {
  await tamperer.change(sql);
  try {
    return await look();
  } finally {
    await tamperer.undo();
  }
}

/** Ids of the guardian's grants that the unlock opens. */
async function guarded(): Promise<string[]> {
  return (await guardedGrants(app)).filter(({ keys }) => keys !== null).map(({ grant }) => grant.id);
}

const counted = async (): Promise<unknown[]> => (await countedOf(app)).records;
/** How many of the same there are, whatever their order. */
const told = (all: readonly unknown[]): string[] => all.map((record) => JSON.stringify(record)).toSorted();

const flipped = (column: string, at: number): string =>
  `${column} = set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1)`;
/** Each authenticated column of a grant with another value. */
function editsOf(other: Row): string[] {
  return [
    'id = gen_random_uuid()',
    'holder_key_version = 2',
    `holder_id = ${literal(of('agency')[0]?.['holder_id'])}`,
    `subject_kind = case subject_kind when 'case' then 'referral' else 'case' end`,
    `subject_id = ${literal(other['subject_id'])}`,
    `case_id = gen_random_uuid()`,
    `owner_agency_id = gen_random_uuid()`,
    `basis_kind = 'legal_hold'`,
    'basis_id = gen_random_uuid()',
    `begins_at = begins_at - interval '1 millisecond'`,
    `latest_end = timestamptz '2099-01-01'`,
    `bundle = ${literal(other['bundle'])}`,
    flipped('bundle', 40),
    flipped('bundle', 200),
    'bundle = substr(bundle, 1, 40)',
  ];
}

it('untouched, the guardian’s grant of every case and referral opens, and each record that was agreed to is counted', async () => {
  expect(await guarded()).toHaveLength(subjects.length);
  expect(new Set(of('guardian').map((grant) => grant['subject_id']))).toEqual(new Set(subjects));
  // For the child of the last case nobody agreed.
  const agreed = story.cases.slice(0, -1).map(({ id }) => id);
  expect(records.map((row) => row['subject_id']).toSorted()).toEqual(agreed.toSorted());
  expect(await counted()).toHaveLength(records.length);
});

it('a grant of the guardian that was edited or moved does not open with its unlock', async () => {
  for (const kind of ['case', 'referral']) {
    const [to, other] = of('guardian').filter((grant) => grant['subject_kind'] === kind) as [Row, Row];
    const rest = (await guarded()).filter((id) => id !== to.id);
    const theirs = grants.filter((each) => each['subject_id'] === to['subject_id'] && each !== to);
    const bundles = theirs.map((each) => `bundle = ${literal(each['bundle'])}`);
    const moved = `subject_id = ${literal(other['subject_id'])}, case_id = ${literal(other['case_id'])}`;
    for (const change of [...editsOf(other), ...bundles, moved])
      expect(
        await after(`update hien.access_grant set ${change} where id = '${to.id}'`, guarded),
        change.slice(0, 80),
      ).toEqual(rest);
  }
});

it('a grant of the statistics that was edited or moved brings no record into a report', async () => {
  const [to, other] = of('statistics') as [Row, Row];
  const without = told(await after(`delete from hien.access_grant where id = '${to.id}'`, counted));
  expect(without).toHaveLength(records.length - 1);
  const theirs = grants.filter((each) => each['subject_id'] === to['subject_id'] && each !== to);
  const bundles = theirs.map((each) => `bundle = ${literal(each['bundle'])}`);
  for (const change of [...editsOf(other), ...bundles])
    expect(
      told(await after(`update hien.access_grant set ${change} where id = '${to.id}'`, counted)),
      change.slice(0, 80),
    ).toEqual(without);
});

it('a record of the statistics that was edited, moved or exchanged is not counted', async () => {
  const [to, other] = records as [Row, Row];
  const at = `id = '${to.id}' and revision = 1`;
  const without = told(await after(`delete from hien.sealed_document where ${at}`, counted));
  expect(without).toHaveLength(records.length - 1);
  const ofHers = documents.find((row) => row['subject_id'] === to['subject_id'] && row !== to && row['is_current']);
  const beside = ['sealed', 'key_version', 'current_proof', 'current_proof_hash', 'written_by', 'written_at'];
  const brought = (from: Row | undefined, columns: readonly string[]): string =>
    columns.map((column) => `${column} = ${literal(from?.[column])}`).join(', ');
  for (const change of [
    brought(other, ['sealed']),
    brought(other, beside),
    brought(ofHers, ['sealed']),
    brought(ofHers, beside),
    'id = gen_random_uuid()',
    'revision = 7',
    'case_id = gen_random_uuid()',
    'owner_agency_id = gen_random_uuid()',
    `record_kind = 'plan'`,
    'record_id = gen_random_uuid()',
    'key_version = 2',
    'written_by = gen_random_uuid()',
    `subject_kind = 'referral'`,
    'is_current = false',
    'current_proof = null',
    'current_proof_hash = null',
    'current_proof = null, current_proof_hash = null',
    flipped('sealed', 0),
    flipped('sealed', 15),
    `sealed = ''`,
  ])
    expect(
      told(await after(`update hien.sealed_document set ${change} where ${at}`, counted)),
      change.slice(0, 80),
    ).toEqual(without);
});

it('a record moved to another case is counted for neither, its key brought along or not', async () => {
  const [to, other] = records as [Row, Row];
  const from = literal(to['subject_id']);
  const into = literal(other['subject_id']);
  const without = told(
    await after(`delete from hien.sealed_document where id in ('${to.id}', '${other.id}')`, counted),
  );
  const document = `delete from hien.sealed_document where id = '${other.id}';
    update hien.sealed_document set subject_id = ${into}, case_id = ${into} where id = '${to.id}'`;
  const key = `delete from hien.data_key where subject_id = ${into} and compartment = 'statistics';
    update hien.data_key set subject_id = ${into}, case_id = ${into} where subject_id = ${from} and compartment = 'statistics'`;
  const grant = `delete from hien.access_grant where subject_id = ${into} and holder_kind = 'statistics';
    update hien.access_grant set subject_id = ${into}, case_id = ${into} where subject_id = ${from} and holder_kind = 'statistics'`;
  for (const sql of [document, `${document}; ${key}`, `${document}; ${key}; ${grant}`])
    expect(told(await after(sql, counted)), sql.slice(0, 80)).toEqual(without);
});
