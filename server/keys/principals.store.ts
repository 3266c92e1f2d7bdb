import type { Pool } from 'pg';
import type { Work } from '../db/work.ts';
import { AppError } from '../kernel/errors.ts';
import type { Custodian, PrincipalKeys } from './custodian.ts';
import { GUARDIAN_ID, periodPrincipal } from './named-principals.ts';
import { sealBroken } from './seal-error.ts';

/** Principals whose public key the custodian vouches for: never seal to a key merely found in the database. */
export type Principals = {
  current(principalId: string): Promise<PrincipalKeys>;
  version(principalId: string, version: number): Promise<PrincipalKeys>;
  /** The installation's guardian; undefined where none was made yet. */
  guardian(): Promise<PrincipalKeys | undefined>;
  /** Keys of the statistics of a period, such as `2026-H2`, made when they are first needed. */
  ofPeriod(work: Work, period: string): Promise<PrincipalKeys>;
  /** Keys of a colleague as a holder of her own, made when they are first needed. */
  ofStaff(work: Work, staffId: string): Promise<PrincipalKeys>;
};

const READ = `select principal_id as "principalId", kind, version, public_key as "publicKey", vouch,
  wrapped_private_key as "wrappedPrivateKey", wrapped_list_key as "wrappedListKey", retired_at as "retiredAt"
  from hien.principal_key where principal_id = $1 order by version`;
const STAFF = { kind: 'staff', add: 'select hien.add_staff_principal($1::uuid, $2, $3, $4, $5)' } as const;
const STATISTICS = {
  kind: 'statistics',
  add: 'select hien.add_statistics_principal($1::text, $2, $3, $4, $5)',
} as const;

type Row = PrincipalKeys & { retiredAt: Date | null };

/** For so long at most the running server seals to a version that is no longer the newest; `keys:rotate` waits for it. */
export const PRINCIPAL_REFRESH_MS = 10_000;

/** Principals as the database has them, kept for ten seconds. */
export function openPrincipals(pool: Pool, custodian: Custodian): Principals {
  const rowsOf = principalRows(pool, custodian);
  return {
    async current(principalId) {
      const row = newestOf(await rowsOf(principalId));
      if (row === undefined) throw new AppError('SERVICE_UNAVAILABLE');
      return row;
    },
    async version(principalId, version) {
      const askedAtMs = performance.now();
      const isWanted = (row: Row): boolean => row.version === version;
      const row = (await rowsOf(principalId)).find(isWanted) ?? (await rowsOf(principalId, askedAtMs)).find(isWanted);
      if (row === undefined) throw sealBroken();
      return row;
    },
    guardian: async () => newestOf(await rowsOf(GUARDIAN_ID)),
    async ofStaff(work, staffId) {
      return (
        newestOf(await rowsOf(staffId)) ?? added(work, custodian, { principalId: staffId, ...STAFF, name: staffId })
      );
    },
    async ofPeriod(work, period) {
      const principalId = periodPrincipal(period);
      return (
        newestOf(await rowsOf(principalId)) ?? added(work, custodian, { principalId, ...STATISTICS, name: period })
      );
    },
  };
}

/**
 * Reads principals on first need, checks each vouch once, and asks the database again after ten seconds, and
 * at once for a version that it does not know: a rotation adds them while the server runs. Requests that need the same one
 * at the same time share one reading.
 */
function principalRows(pool: Pool, custodian: Custodian): (principalId: string, sinceMs?: number) => Promise<Row[]> {
  const known = new Map<string, { rows: Promise<Row[]>; readAtMs: number }>();
  async function read(principalId: string): Promise<Row[]> {
    const { rows } = await pool.query<Row>(READ, [principalId]);
    if (!rows.every((row) => custodian.vouchesFor(row))) throw new AppError('KEY_NOT_VOUCHED');
    return rows;
  }
  return (principalId, sinceMs = performance.now() - PRINCIPAL_REFRESH_MS) => {
    const found = known.get(principalId);
    if (found !== undefined && found.readAtMs > sinceMs) return found.rows;
    const rows = read(principalId);
    known.set(principalId, { rows, readAtMs: performance.now() });
    // A reading that failed, or found nobody yet, is no answer for the next minute.
    rows.then(
      (found) => found.length === 0 && known.delete(principalId),
      () => known.delete(principalId),
    );
    return rows;
  };
}

/** `name`: what the function that adds it knows it by. */
type Adding = { principalId: string; kind: 'staff' | 'statistics'; add: string; name: string };

/** In the deed's own transaction; whoever was first at it wins, and what is there must be vouched for. */
async function added(work: Work, custodian: Custodian, adding: Adding): Promise<PrincipalKeys> {
  const { principalId, kind, add, name } = adding;
  const made = await custodian.createPrincipal({ principalId, kind, version: 1 });
  await work.run(add, [name, made.publicKey, made.vouch, made.wrappedPrivateKey, made.wrappedListKey]);
  const row = newestOf((await work.run<Row>(READ, [principalId])).rows);
  if (row === undefined) throw new AppError('NOT_ALLOWED');
  if (!custodian.vouchesFor(row)) throw new AppError('KEY_NOT_VOUCHED');
  return row;
}

function newestOf(rows: readonly Row[]): Row | undefined {
  return rows.findLast((each) => each.retiredAt === null);
}
