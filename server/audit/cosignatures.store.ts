import type { Run } from '../db/bound-kysely.ts';
import type { StoredCheckpoint } from './tree.store.ts';

/** `witness`: its name in the list of witnesses; `line`: its signature line with the newline, as it stands below a note. */
export type Cosignature = { witness: string; line: string; cosignedAt: Date };

/** A repeated one changes nothing. */
export async function insertCosignatures(run: Run, size: number, lines: readonly Cosignature[]): Promise<void> {
  await run(
    `insert into hien.audit_cosignature (size, witness, line, cosigned_at, received_at)
     select $1, witness, line, cosigned_at, now() from unnest($2::text[], $3::text[], $4::timestamptz[]) as u (witness, line, cosigned_at)
         on conflict do nothing`,
    [
      size,
      lines.map((each) => each.witness),
      lines.map((each) => each.line),
      lines.map((each) => each.cosignedAt.toISOString()),
    ],
  );
}

export async function cosignaturesOf(run: Run, size: number): Promise<Cosignature[]> {
  const { rows } = await run<Cosignature>(
    'select witness, line, cosigned_at from hien.audit_cosignature where size = $1 order by witness',
    [size],
  );
  return rows;
}

/** The newest checkpoint that `needed` of these witnesses have cosigned; null where there is none. */
export async function newestCosigned(
  run: Run,
  witnesses: readonly string[],
  needed: number,
): Promise<StoredCheckpoint | null> {
  const { rows } = await run<StoredCheckpoint>(
    `select c.size, c.root, c.note, c.signed_at from hien.audit_checkpoint c
      where c.size = (select w.size from hien.audit_cosignature w where w.witness = any ($1)
                       group by w.size having count(*) >= $2 order by w.size desc limit 1)`,
    [witnesses, needed],
  );
  return rows[0] ?? null;
}

/** When each of these witnesses cosigned last. */
export async function lastCosignatures(run: Run, witnesses: readonly string[]): Promise<Map<string, Date>> {
  const { rows } = await run<{ witness: string; at: Date }>(
    `select n.witness, l.cosigned_at as at from unnest($1::text[]) as n (witness) cross join lateral
       (select cosigned_at from hien.audit_cosignature c where c.witness = n.witness order by c.size desc limit 1) l`,
    [witnesses],
  );
  return new Map(rows.map(({ witness, at }) => [witness, at]));
}

/** The largest tree that each of these witnesses has cosigned. */
export async function largestCosigned(run: Run, witnesses: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await run<{ witness: string; size: number }>(
    `select n.witness, l.size from unnest($1::text[]) as n (witness) cross join lateral
       (select size from hien.audit_cosignature c where c.witness = n.witness order by c.size desc limit 1) l`,
    [witnesses],
  );
  return new Map(rows.map(({ witness, size }) => [witness, size]));
}
