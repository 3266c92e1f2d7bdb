import type { Pool } from 'pg';
import type { Work } from '../db/work.ts';
import { readForeignKeys, readTables } from './catalogue.store.ts';
import { childrenFirst, type Certificate, type DestroyedRow } from './erasure.rules.ts';

export type CaseLine = { id: string; code: string; ownerAgencyId: string };
export type ErasureRequest = { caseId: string; reason: string; askedBy: string; askedAt: Date; expiresAt: Date };

export async function caseIdOfCode(pool: Pool, code: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ id: string }>('select id from hien.case_file where code = $1', [code]);
  return rows[0]?.id;
}

/** Codes of the reasons that hold on a day, with their names. */
export async function erasureReasons(pool: Pool, day: string): Promise<Map<string, { vi: string; en: string }>> {
  const { rows } = await pool.query<{ code: string; vi: string; en: string }>(
    `select c.code, c.name_vi as vi, c.name_en as en from hien.code c
      where c.list = 'erasure_reason' and c.valid_from <= $1::date and (c.valid_to is null or $1::date < c.valid_to)
      order by c.version, c.position`,
    [day],
  );
  return new Map(rows.map(({ code, vi, en }) => [code, { vi, en }]));
}

/** A newer request takes the place of an older one for the same case; outlived ones go. */
export async function saveRequest(work: Work, request: ErasureRequest & { ownerAgencyId: string }): Promise<void> {
  const { caseId, ownerAgencyId, reason, askedBy, askedAt, expiresAt } = request;
  await work.run('delete from hien.erasure_request where case_id = $1 or expires_at <= $2', [caseId, askedAt]);
  await work.run(
    `insert into hien.erasure_request (case_id, owner_agency_id, reason, asked_by, asked_at, expires_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [caseId, ownerAgencyId, reason, askedBy, askedAt, expiresAt],
  );
}

/** The case and its request, both held until the end of the work: two confirmations cannot meet. */
export async function holdForErasure(
  work: Work,
  caseId: string,
): Promise<{ line: CaseLine; request: ErasureRequest } | undefined> {
  const { rows: requests } = await work.run<ErasureRequest>(
    'select * from hien.erasure_request where case_id = $1 for update',
    [caseId],
  );
  const { rows: lines } = await work.run<CaseLine>(
    'select id, code, owner_agency_id from hien.case_file where id = $1 for update',
    [caseId],
  );
  const [request, line] = [requests[0], lines[0]];
  return request === undefined || line === undefined ? undefined : { line, request };
}

export async function installationFacts(work: Work): Promise<{ id: string; keyCopyDays: number }> {
  const { rows } = await work.run<{ id: string; keyCopyDays: number }>(
    'select id, key_copy_days from hien.installation',
    [],
  );
  const [facts] = rows;
  if (facts === undefined) throw new Error('no installation');
  return facts;
}

const REMAINS = new Set(['audit_event_case', 'erased_case']);
/** Goes with the case by its foreign key: the certificate lasts and is shown outside, and must not tell that there was one. */
const UNTOLD = new Set(['surname_match']);

/**
 * Deletes every row of a case from every table that knows cases, whatever migrations will bring, and the case itself;
 * the log and the tombstone remain. Answers what each destroyed row was, as a hash.
 */
export async function destroyCase(work: Work, caseId: string): Promise<DestroyedRow[]> {
  const tables = await readTables(work.run);
  const ofCases = [...tables].filter(
    ([table, columns]) => columns.includes('case_id') && !REMAINS.has(table) && !UNTOLD.has(table),
  );
  const order = childrenFirst([...ofCases.map(([table]) => table), 'case_file'], await readForeignKeys(work.run));
  const rows: DestroyedRow[] = [];
  for (const table of order) {
    const column = table === 'case_file' ? 'id' : 'case_id';
    const answered = tables.get(table)?.includes('id') === true ? 'id' : 'case_id';
    rows.push(...(await destroyRows(work, { table, column, answered }, caseId)));
  }
  return rows;
}

type From = { table: string; column: string; answered: string };

/** Remembered answers to requests name the case as well, by the id of what they made. */
async function destroyRows(work: Work, { table, column, answered }: From, caseId: string): Promise<DestroyedRow[]> {
  const { rows } = await work.run<{ sha256: string }>(
    `with gone as (delete from hien."${table}" t where "${column}" = $1 returning t::text as whole, "${answered}" as id),
       forgotten as (delete from hien.idempotency where resource_id in (select id from gone))
     select encode(sha256(convert_to(whole, 'UTF8')), 'hex') as sha256 from gone`,
    [caseId],
  );
  return rows.map(({ sha256 }) => ({ table, sha256 }));
}

export async function saveTombstone(work: Work, certificate: Certificate, text: string): Promise<void> {
  const { caseId, code, ownerAgencyId, erasedAt } = certificate;
  await work.run(
    'insert into hien.erased_case (case_id, code, owner_agency_id, erased_at, certificate) values ($1, $2, $3, $4, $5)',
    [caseId, code, ownerAgencyId, erasedAt, text],
  );
}

/** The certificate of an erased case, as it was made. */
export async function certificateOf(pool: Pool, code: string): Promise<Certificate | undefined> {
  const { rows } = await pool.query<{ certificate: string }>(
    'select certificate from hien.erased_case where code = $1',
    [code],
  );
  const [row] = rows;
  return row === undefined ? undefined : (JSON.parse(row.certificate) as Certificate);
}
