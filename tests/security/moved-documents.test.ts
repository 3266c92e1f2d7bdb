import { afterAll, expect, it } from 'vitest';
import type { Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aTamperer, literal } from '../support/tampering.ts';
import { tellStory } from '../support/told-story.ts';

const app = await startApp();
const story = await tellStory(app);
const tamperer = await aTamperer(app, ['sealed_document']);
afterAll(() => tamperer.close());

type Row = Record<string, unknown> & {
  id: string;
  revision: number;
  is_current: boolean;
  subject_kind: string;
  subject_id: string;
  owner_agency_id: string;
  record_id: string;
  compartment: string;
  key_version: number;
  sealed: Buffer;
};
const rows = await app.database.ask<Row>('select * from hien.sealed_document order by id, revision');
/** Those that people read; records for the statistics are tried in moved-apart.test.ts. */
const read = rows.filter((row) => row.compartment !== 'statistics');
const current = read.filter((row) => row.is_current);
/** One of each kind of document, of one agency and of another. */
const samples = [
  ...new Map(
    current.map((row) => [[row.owner_agency_id, row['record_kind'], row.compartment].join(' '), row]),
  ).values(),
];
const at = (row: Row): string => `id = '${row.id}' and revision = ${row.revision}`;

/** Who opens a subject through HTTP, and where. */
function openings(subjectId: string): { who: Person; path: string }[] {
  const found = story.cases.find((each) => each.id === subjectId);
  if (found !== undefined) return [{ who: found.owner, path: `/api/cases/${found.id}` }];
  const referral = story.referrals.find((each) => each.id === subjectId);
  const readers = [referral?.sender, referral?.reader].filter((who) => who !== null && who !== undefined);
  return readers.map((who) => ({ who, path: `/api/referrals/${subjectId}` }));
}

async function codesOf(subjectId: string): Promise<string[]> {
  const replies = [];
  for (const { who, path } of openings(subjectId)) replies.push(await who.get(path));
  return replies.map((reply) => (reply.status === 200 ? 'OPENED' : reply.problem.code));
}

async function expectRefused(sql: string, subjectId: string): Promise<void> {
  await tamperer.change(sql);
  const codes = await codesOf(subjectId);
  await tamperer.undo();
  expect([...new Set(codes)], sql.slice(0, 200)).toEqual(['SEAL_BROKEN']);
}

const same = (a: Row, b: Row, ...columns: (keyof Row & string)[]): boolean =>
  columns.every((column) => a[column] === b[column]);

/** From where a ciphertext may be brought: each a different thing that the additional data must tell apart. */
const MOVES: Record<string, (to: Row, from: Row) => boolean> = {
  'another revision': (to, from) => same(to, from, 'id'),
  'another row of the same compartment': (to, from) => same(to, from, 'subject_id', 'compartment') && to.id !== from.id,
  'another compartment of the same record': (to, from) =>
    same(to, from, 'record_id', 'subject_id') && to.compartment !== from.compartment,
  'another case of the same agency': (to, from) =>
    same(to, from, 'owner_agency_id', 'compartment', 'subject_kind') && to.subject_id !== from.subject_id,
  'another agency': (to, from) => same(to, from, 'compartment') && to.owner_agency_id !== from.owner_agency_id,
  'a referral, or back': (to, from) => to.subject_kind !== from.subject_kind,
};

it('untouched, everything opens: the refusals below mean something', async () => {
  expect(current.length).toBeGreaterThan(45);
  expect(read.length).toBeGreaterThan(current.length + 5);
  for (const row of current)
    expect(new Set(await codesOf(row.subject_id)), row.compartment).toEqual(new Set(['OPENED']));
});

it.each(Object.keys(MOVES))('a ciphertext of %s is refused, alone and with all that stands beside it', async (move) => {
  let tried = 0;
  for (const to of samples) {
    const from = rows.find((each) => each !== to && MOVES[move]?.(to, each));
    if (from === undefined) continue;
    const beside = ['key_version', 'current_proof', 'current_proof_hash', 'written_by', 'written_at'];
    for (const columns of [['sealed'], ['sealed', ...beside]]) {
      const changes = columns.map((column) => `${column} = ${literal(from[column])}`).join(', ');
      await expectRefused(`update hien.sealed_document set ${changes} where ${at(to)}`, to.subject_id);
      tried += 1;
    }
  }
  expect(tried).toBeGreaterThanOrEqual(6);
});

it('an earlier revision is refused as the current one: marked so, beside the newest, or after the newest is gone', async () => {
  const earlier = read.filter((row) => !row.is_current);
  for (const row of earlier) {
    const newest = rows.find((each) => each.id === row.id && each.is_current) as Row;
    const mark = `update hien.sealed_document set is_current = true where ${at(row)}`;
    for (const sql of [
      `${mark}; update hien.sealed_document set is_current = false where ${at(newest)}`,
      mark,
      `${mark}; delete from hien.sealed_document where ${at(newest)}`,
      `${mark}; delete from hien.sealed_document where ${at(newest)};
        update hien.sealed_document set current_proof = ${literal(newest['current_proof'])} where ${at(row)}`,
      `delete from hien.sealed_document where ${at(newest)};
        update hien.sealed_document set revision = ${newest.revision}, is_current = true,
          current_proof = ${literal(newest['current_proof'])}, current_proof_hash = ${literal(newest['current_proof_hash'])} where ${at(row)}`,
    ])
      await expectRefused(sql, row.subject_id);
  }
  expect(earlier.length).toBeGreaterThanOrEqual(9);
});

it('every column that says what a document is, is authenticated: one changed value, and it is refused', async () => {
  const [one, other] = [current[0] as Row, current.find((row) => row.owner_agency_id !== current[0]?.owner_agency_id)];
  const elsewhere = (column: string): string => literal(other?.[column]);
  const bits = [0, 1, 3, 15, one.sealed.length - 17, one.sealed.length - 1].map((index) => {
    const flipped = Buffer.from(one.sealed);
    flipped[index] = (flipped[index] ?? 0) ^ 1;
    return `sealed = ${literal(flipped)}`;
  });
  for (const change of [
    `id = gen_random_uuid()`,
    'revision = 7',
    `case_id = ${elsewhere('case_id')}`,
    `owner_agency_id = ${elsewhere('owner_agency_id')}`,
    `record_kind = 'plan'`,
    `record_id = ${elsewhere('record_id')}`,
    `compartment = 'feedback'`,
    'key_version = 2',
    `written_by = ${elsewhere('written_by')}`,
    'current_proof_hash = null',
    'current_proof_hash = sha256(current_proof_hash)',
    'current_proof = null',
    'current_proof = sha256(current_proof)',
    'current_proof = null, current_proof_hash = null',
    ...bits,
    `sealed = ''`,
    'sealed = substr(sealed, 1, length(sealed) - 256)',
    'sealed = sealed || sealed',
  ])
    await expectRefused(`update hien.sealed_document set ${change} where ${at(one)}`, one.subject_id);
});

it('a document moved to another subject is refused there', async () => {
  for (const row of samples) {
    const target = current.find((each) => each.subject_kind === row.subject_kind && each.subject_id !== row.subject_id);
    if (target === undefined) continue;
    const into = `subject_id = '${target.subject_id}'`;
    await expectRefused(`update hien.sealed_document set ${into} where ${at(row)}`, target.subject_id);
    const whole = `${into}, case_id = ${literal(target['case_id'])}, owner_agency_id = '${target.owner_agency_id}'`;
    await expectRefused(`update hien.sealed_document set ${whole} where ${at(row)}`, target.subject_id);
  }
});
