import type { Run } from '../db/bound-kysely.ts';

/** An event in the auditor's area, and where it stands in the tree. */
export type ProvenEvent = { leafIndex: number; event: Buffer };

export async function readLeafOf(run: Run, eventId: string): Promise<ProvenEvent | null> {
  const { rows } = await run<ProvenEvent>(
    `select l.leaf_index, e.event from hien.audit_leaf l
       join hien.audit_event e on e.recorded_at = l.recorded_at and e.id = l.event_id
      where l.event_id = $1`,
    [eventId],
  );
  return rows[0] ?? null;
}

/** Is there such an event in the auditor's area, recorded within these times? */
export async function isEventThere(run: Run, eventId: string, between: { from: Date; to: Date }): Promise<boolean> {
  const { count } = await run(
    'select 1 from hien.audit_event where id = $1 and recorded_at between $2::timestamptz and $3::timestamptz',
    [eventId, between.from, between.to],
  );
  return count > 0;
}

export async function readOrigin(run: Run): Promise<string | null> {
  const { rows } = await run<{ origin: string | null }>('select audit_origin as origin from hien.installation', []);
  return rows[0]?.origin ?? null;
}

/** `checkedAt`: when the day was held against the tree; null where nothing is in it. */
export type SealedDay = { day: string; events: number; sealed: number; broken: number; checkedAt: Date | null };

type Days = { fromDay: string; days: number; anew: boolean };

/**
 * Days with events, oldest first, of the whole log: counts only. A closed day that was whole is checked again once it was checked
 * a day ago, or when `anew` asks for it.
 */
export async function readSealedDays(run: Run, { fromDay, days, anew }: Days): Promise<SealedDay[]> {
  const { rows } = await run<SealedDay>(
    'select day, events, sealed, broken, checked_at from hien.audit_days($1::date, $2, $3)',
    [fromDay, days, anew],
  );
  return rows;
}

export async function readMergeDelay(run: Run): Promise<number> {
  const { rows } = await run<{ delay: number }>('select hien.audit_delay() as delay', []);
  return rows[0]?.delay ?? 0;
}
