import type { Run } from '../db/bound-kysely.ts';
import type { Custodian, PrincipalKeys } from './custodian.ts';
import { sealBundle, wipeBundle } from './data-keys.ts';
import type { GrantRow } from './grants.store.ts';
import { openLineOf, sealLineFor } from './lines.ts';
import {
  BEGINNING,
  grantsSealedTo,
  LINE_LISTS,
  linesSealedTo,
  replaceBundles,
  replaceLines,
  type LineList,
  type LineRow,
  type Resealed,
} from './reseal.store.ts';
import { SealError } from './seal-error.ts';
import { columnsOf } from './subject-keys.ts';

/** One principal on its way from one version of its keys to a newer one. */
export type Passage = { from: PrincipalKeys; to: PrincipalKeys };
export type Resealing = {
  run: Run;
  custodian: Custodian;
  /** Called after each batch with how many rows went over. */
  onDone: (count: number) => void;
  /** Called for what the old key does not open; it stays as it is. */
  onBroken: (what: string) => void;
};

/** Seals everything that hangs on the old version to the newer one, in batches, while others read and write it. */
export async function resealPrincipal(by: Resealing, passage: Passage): Promise<void> {
  await resealGrants(by, passage);
  for (const list of LINE_LISTS) await resealLines(by, passage, list);
}

function resealGrants(by: Resealing, { from, to }: Passage): Promise<void> {
  return pass(by, {
    next: (last: GrantRow | undefined) =>
      grantsSealedTo(by.run, from, last === undefined ? BEGINNING : { after: last.subjectId, id: last.id }),
    reseal: (row) => orBroken(by, `access_grant ${row.id}`, () => resealedGrant(by, { from, to }, row)),
    write: (resealed) => replaceBundles(by.run, { from: from.version, to: to.version }, resealed),
  });
}

type Passing<Row> = {
  /** The batch after a row, or the first one. */
  next: (last: Row | undefined) => Promise<Row[]>;
  reseal: (row: Row) => Promise<Resealed | undefined>;
  write: (resealed: readonly Resealed[]) => Promise<number>;
};

/** While one batch is sealed again, the next is on its way from the database, and the one before on its way back. */
async function pass<Row>(by: Resealing, { next, reseal, write }: Passing<Row>): Promise<void> {
  let rows = await next(undefined);
  let written: Promise<void> = Promise.resolve();
  while (rows.length > 0) {
    const following = awaitedLater(next(rows.at(-1)));
    const resealed = await each(rows, reseal);
    await written;
    written = awaitedLater(write(resealed).then(by.onDone));
    rows = await following;
  }
  await written;
}

/** Its failure is met where it is awaited, whatever fails before. */
function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

async function resealedGrant({ custodian }: Resealing, { from, to }: Passage, row: GrantRow): Promise<Resealed> {
  const bundle = await custodian.openBundle(from, columnsOf(row), row.bundle);
  try {
    const grant = columnsOf({ ...row, holderKeyVersion: to.version });
    return { id: row.id, was: row.bundle, sealed: sealBundle({ holder: to, grant, bundle }) };
  } finally {
    wipeBundle(bundle);
  }
}

function resealLines(by: Resealing, { from, to }: Passage, list: LineList): Promise<void> {
  const { principalId, version } = from;
  return pass(by, {
    next: (last: LineRow | undefined) =>
      linesSealedTo(by.run, list, { principalId, version, after: last?.id ?? BEGINNING.after }),
    reseal: (row) => orBroken(by, `${list.name} ${row.id}`, () => resealedLine(by, { from, to }, { list, row })),
    write: (resealed) => replaceLines(by.run, { list, from: version, to: to.version }, resealed),
  });
}

type Line = { list: LineList; row: LineRow };

async function resealedLine({ custodian }: Resealing, { from, to }: Passage, { list, row }: Line): Promise<Resealed> {
  const context = list.contextOf(row);
  const content = await openLineOf({ custodian, holder: from }, context, row.sealed);
  return { id: row.id, was: row.sealed, sealed: await sealLineFor({ custodian, holder: to }, context, content) };
}

/** One broken row must not keep the others from a newer key. */
async function orBroken<T>(by: Resealing, what: string, reseal: () => Promise<T>): Promise<T | undefined> {
  try {
    return await reseal();
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    by.onBroken(what);
    return undefined;
  }
}

async function each<Row, T>(rows: readonly Row[], make: (row: Row) => Promise<T | undefined>): Promise<T[]> {
  const made: T[] = [];
  for (const row of rows) {
    const one = await make(row);
    if (one !== undefined) made.push(one);
  }
  return made;
}
