import type { Run } from '../db/bound-kysely.ts';
import type { GrantRow } from './grants.store.ts';
import type { LineContext } from './lines.ts';
import { NOTICE_REVISION } from './lines.ts';

export type Which = { principalId: string; version: number };
export type Place = { after: string; id: string };
/** What replaces a sealed value; a row that somebody else changed in between is left for the next pass. */
export type Resealed = { id: string; was: Buffer; sealed: Buffer };

const BATCH = 200;
const NOWHERE = '00000000-0000-0000-0000-000000000000';
export const BEGINNING: Place = { after: NOWHERE, id: NOWHERE };

/** The next grants of a holder that are sealed to a version, in the order of their subjects. */
export async function grantsSealedTo(run: Run, { principalId, version }: Which, from: Place): Promise<GrantRow[]> {
  const { rows } = await run<GrantRow>(
    `select * from hien.access_grant where holder_id = $1 and holder_key_version = $2
        and subject_id >= $3 and (subject_id, id) > ($3, $4) order by subject_id, id limit ${BATCH}`,
    [principalId, version, from.after, from.id],
  );
  return rows;
}

export async function replaceBundles(
  run: Run,
  versions: { from: number; to: number },
  rows: readonly Resealed[],
): Promise<number> {
  const { count } = await run(
    `update hien.access_grant g set holder_key_version = $2, bundle = n.bundle
       from unnest($3::uuid[], $4::bytea[], $5::bytea[]) n (id, was, bundle)
      where g.id = n.id and g.holder_key_version = $1 and g.bundle = n.was`,
    [versions.from, versions.to, ...columnsOf(rows)],
  );
  return count;
}

/** The lists whose lines are sealed under a list key: where they lie, and what their seal binds. */
export type LineList = { name: string; rows: string; replace: string; contextOf(row: LineRow): LineContext };
export type LineRow = { id: string; boundTo: string; revision: number; sealed: Buffer };

function noticesOf(side: 'sender' | 'recipient'): LineList {
  return {
    name: side,
    rows: `select id, case_id as bound_to, ${NOTICE_REVISION} as revision, ${side}_notice as sealed from hien.referral
      where ${side}_agency_id = $1 and ${side}_key_version = $2 and ${side}_notice is not null and id > $3 order by id limit ${BATCH}`,
    replace: `update hien.referral r set ${side}_key_version = $2, ${side}_notice = n.sealed
       from unnest($3::uuid[], $4::bytea[], $5::bytea[]) n (id, was, sealed)
      where r.id = n.id and r.${side}_key_version = $1 and r.${side}_notice = n.was`,
    contextOf: ({ id, boundTo, revision }) => ({ table: 'referral', rowId: id, caseId: boundTo, revision }),
  };
}

const DRAFTS: LineList = {
  name: 'draft',
  rows: `select id, staff_id as bound_to, version as revision, sealed from hien.registration_draft
      where agency_id = $1 and key_version = $2 and id > $3 order by id limit ${BATCH}`,
  replace: `update hien.registration_draft d set key_version = $2, sealed = n.sealed
       from unnest($3::uuid[], $4::bytea[], $5::bytea[]) n (id, was, sealed)
      where d.id = n.id and d.key_version = $1 and d.sealed = n.was`,
  contextOf: ({ id, boundTo, revision }) => ({ table: 'registration_draft', rowId: id, caseId: boundTo, revision }),
};

/** Words beside the work lists: of emergency accesses, of findings, of questions and answers. They are never rewritten. */
type Words = { table: string; agency: string; version: string; sealed: string; revision: number; boundTo: string };

const explained = { table: 'explanation', boundTo: 'id' };
const WORDS: readonly Words[] = [
  ...(['reason', 'note'] as const).map((part, index) => ({
    table: 'break_glass',
    agency: 'agency_id',
    version: `${part}_key_version`,
    sealed: `sealed_${part}`,
    revision: index + 1,
    boundTo: 'case_id',
  })),
  {
    table: 'finding',
    agency: 'agency_id',
    version: 'note_key_version',
    sealed: 'sealed_note',
    revision: 1,
    boundTo: 'id',
  },
  ...(['question', 'answer'] as const).flatMap((part, index) =>
    (
      [
        ['asker', 'agency_id'],
        ['staff', 'staff_agency_id'],
      ] as const
    ).map(([side, agency]) => ({
      ...explained,
      agency,
      version: `${side}_${part}_key_version`,
      sealed: `${side}_${part}`,
      revision: index + 2,
    })),
  ),
];

function wordsOf({ table, agency, version, sealed, revision, boundTo }: Words): LineList {
  return {
    name: sealed,
    rows: `select id, ${boundTo} as bound_to, ${revision} as revision, ${sealed} as sealed from hien.${table}
      where ${agency} = $1 and ${version} = $2 and ${sealed} is not null and id > $3 order by id limit ${BATCH}`,
    replace: `update hien.${table} t set ${version} = $2, ${sealed} = n.sealed
       from unnest($3::uuid[], $4::bytea[], $5::bytea[]) n (id, was, sealed)
      where t.id = n.id and t.${version} = $1 and t.${sealed} = n.was`,
    contextOf: ({ id, boundTo: bound }) => ({ table, rowId: id, caseId: bound, revision }),
  };
}

/** Where such words may still be sealed to a version; `$1` the principal, `$2` its versions. */
export const WORD_REFERENCES = WORDS.map(
  ({ table, agency, version, sealed }) =>
    `hien.${table} where ${agency} = $1 and ${version} = any ($2::int[]) and ${sealed} is not null`,
);

export const LINE_LISTS: readonly LineList[] = [
  noticesOf('sender'),
  noticesOf('recipient'),
  DRAFTS,
  ...WORDS.map(wordsOf),
];

export async function linesSealedTo(run: Run, list: LineList, at: Which & { after: string }): Promise<LineRow[]> {
  return (await run<LineRow>(list.rows, [at.principalId, at.version, at.after])).rows;
}

export async function replaceLines(
  run: Run,
  on: { list: LineList; from: number; to: number },
  rows: readonly Resealed[],
): Promise<number> {
  return (await run(on.list.replace, [on.from, on.to, ...columnsOf(rows)])).count;
}

function columnsOf(rows: readonly Resealed[]): unknown[] {
  return [rows.map((row) => row.id), rows.map((row) => row.was), rows.map((row) => row.sealed)];
}
