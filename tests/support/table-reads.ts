import pg from 'pg';

/** How often a transaction began to read each table, by an index or as a whole. */
export type TableReads = Record<string, number>;

// Counts of transactions before may still be among them: only the growth from BEGIN to COMMIT tells of this one.
const READS = `select relname as table, (coalesce(seq_scan, 0) + coalesce(idx_scan, 0))::int as reads
  from pg_stat_xact_user_tables where schemaname = 'hien'`;

type Query = (this: pg.Client, ...given: unknown[]) => unknown;
type Counted = { rows: { table: string; reads: number }[] };

/**
 * What the one transaction that `run` causes reads, as PostgreSQL itself counts it: every look into an index is one, also
 * those of policies and functions. Definer functions verify the binding at each call, so that reads of binding_secret count calls.
 */
export async function tableReadsOf(run: () => Promise<unknown>): Promise<TableReads> {
  const asked: Promise<Counted>[] = [];
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  const ask = (client: pg.Client): void => void asked.push(query.call(client, READS) as Promise<Counted>);
  prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
    if (given[0] === 'COMMIT') ask(this);
    const answer = query.apply(this, given);
    if (given[0] === 'BEGIN') ask(this);
    return answer;
  };
  await run().finally(() => {
    prototype.query = query;
  });
  const [before, after, ...others] = await Promise.all(asked);
  if (before === undefined || after === undefined || others.length > 0) throw new Error('not one transaction');
  const start = new Map(before.rows.map(({ table, reads }) => [table, reads]));
  const grown = after.rows.map(({ table, reads }) => [table, reads - (start.get(table) ?? 0)] as const);
  return Object.fromEntries(grown.filter(([, reads]) => reads > 0).toSorted(([a], [b]) => a.localeCompare(b)));
}
