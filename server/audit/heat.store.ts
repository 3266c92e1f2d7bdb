import { sql } from 'kysely';
import type { Work } from '../db/work.ts';
import { during } from './outliers.store.ts';
import type { Stretch } from './stretch.rules.ts';

export type HeatCell = { weekday: number; hour: number; count: number };

/** Deeds of people within the bound auditor's area, counted by ISO weekday and hour in Viet Nam; empty cells are left out. */
export async function heatCells(work: Work, stretch: Stretch, agency: string | null): Promise<HeatCell[]> {
  const local = sql`(e.occurred_at at time zone 'Asia/Ho_Chi_Minh')`;
  const ofAgency = agency === null ? sql`` : sql`and e.agency_id = ${agency}::uuid`;
  const { rows } =
    await sql<HeatCell>`select extract(isodow from ${local})::int as weekday, extract(hour from ${local})::int as hour,
      count(*)::int as count
    from hien.audit_event e where e.actor_id is not null and ${during(stretch)} ${ofAgency} group by 1, 2`.execute(
      work.db,
    );
  return rows;
}
