import pg from 'pg';
import { recordAlone } from '../audit/index.ts';
import type { AreaPlan, AreaRow, NewArea } from './areas.rules.ts';

const ROWS_AT_ONCE = 250;

export type Writing = { isDryRun: boolean; onRows: (done: number, total: number) => void };

/**
 * Reads the areas, lets `decide` plan on them, and writes the plan: all in one transaction, during which nobody else can
 * change areas. A dry run does the same and takes it back.
 */
export async function changeAreas(
  ownerUrl: string,
  writing: Writing,
  decide: (existing: readonly AreaRow[]) => AreaPlan,
): Promise<AreaPlan> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'hien import areas' });
  await client.connect();
  try {
    await client.query('begin; set local role hien_owner; lock table hien.area in share row exclusive mode');
    const { rows } = await client.query<AreaRow>(
      'select code, name, parent, level, valid_from::text as "validFrom", valid_to::text as "validTo" from hien.area',
    );
    const plan = decide(rows);
    await write(client, plan, writing.onRows);
    await recordChange(client, plan);
    await client.query(writing.isDryRun ? 'rollback' : 'commit');
    return plan;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}

/** A dry run takes its event back with everything else. */
async function recordChange(client: pg.Client, { added, changed }: AreaPlan): Promise<void> {
  const count = added.length + changed.length;
  if (count === 0) return;
  await client.query('set local role hien_archivist');
  await recordAlone(client, { job: 'import-areas', action: 'directory.import_areas', fields: ['area'], count });
}

async function write(client: pg.Client, { added, changed }: AreaPlan, onRows: Writing['onRows']): Promise<void> {
  for (const { before, after } of changed)
    await client.query('update hien.area set valid_to = $3 where code = $1 and valid_from = $2', [
      before.code,
      before.validFrom,
      after.validFrom,
    ]);
  const rows = [...added, ...changed.map(({ after }) => after)];
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const chunk = rows.slice(at, at + ROWS_AT_ONCE);
    await insert(client, chunk);
    onRows(at + chunk.length, rows.length);
  }
}

async function insert(client: pg.Client, rows: readonly NewArea[]): Promise<void> {
  await client.query(
    `insert into hien.area (code, name, parent, level, valid_from)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[])`,
    [
      rows.map((row) => row.code),
      rows.map((row) => row.name),
      rows.map((row) => row.parent),
      rows.map((row) => row.level),
      rows.map((row) => row.validFrom),
    ],
  );
}
