import type { ConflictsView } from '../../server/safeguards/safeguards.contract.ts';
import { conflictIndexes, doubtIndexes, type IdentifyingFields } from '../../server/keys/index.ts';
import type { Person } from './actors.ts';
import type { TestApp } from './app.ts';
import { aPerpetrator, aViolenceCase, type Changes } from './bodies.ts';
import { done, registerCase, type Registered } from './seed.ts';

/** What identifies somebody who was hired before any case of this test; the database holds hashes only. */
export async function hiredAs(app: TestApp, staffId: string, who: IdentifyingFields): Promise<void> {
  const { indexKey } = app.context.keys;
  for (const { field, value } of [...conflictIndexes(indexKey, who), ...doubtIndexes(indexKey, who)])
    await app.database.ask('insert into hien.staff_identifier values ($1, $2, $3) on conflict do nothing', [
      staffId,
      field,
      value,
    ]);
}

/** A case whose perpetrator has these numbers, this name. */
export function caseAgainst(app: TestApp, worker: Person, perpetrator: Changes): Promise<Registered> {
  return registerCase(app, worker, aViolenceCase(app.clock, { perpetrators: [{ ...aPerpetrator(), ...perpetrator }] }));
}

/** A case whose survivor does not want these people. */
export function caseWithout(app: TestApp, worker: Person, exclusions: readonly string[]): Promise<Registered> {
  return registerCase(app, worker, aViolenceCase(app.clock, { exclusions }));
}

export async function conflictsFor(who: Person, caseId: string): Promise<ConflictsView> {
  return done<ConflictsView>(await who.get(`/api/cases/${caseId}/conflicts`));
}

/** Who is barred, and why, as the database knows it. */
export async function barsOf(app: TestApp, caseId: string): Promise<string[]> {
  const rows = await app.database.ask<{ bar: string }>(
    `select p.username || ' ' || b.origin as bar from hien.conflict_bar b join hien.staff p on p.id = b.staff_id
      where b.case_id = $1 and b.lifted_at is null order by 1`,
    [caseId],
  );
  return rows.map((row) => row.bar);
}
