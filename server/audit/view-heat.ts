import type { Answer, Call } from '../http/endpoint.ts';
import type { HeatMap, HeatQuery } from './overview.contract.ts';
import { heatCells } from './heat.store.ts';
import { stretchOf } from './stretch.rules.ts';

/** When people of the auditor's area work: counts by weekday and hour, of everybody or of one agency. */
export async function viewHeat({ work, query }: Call<unknown, HeatQuery, unknown>): Promise<Answer<HeatMap>> {
  const cells = await heatCells(work, stretchOf(query), query.agency ?? null);
  const rows = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const { weekday, hour, count } of cells) rows[weekday - 1]?.splice(hour, 1, count);
  const total = cells.reduce((sum, { count }) => sum + count, 0);
  work.record({ count: total, fields: Object.keys(query).toSorted() });
  return { body: { from: query.from, to: query.to, total, rows } };
}
