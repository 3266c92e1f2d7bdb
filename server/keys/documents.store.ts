import type { Selectable } from 'kysely';
import type { SealedDocumentTable } from '../db/schema.ts';
import type { Work } from '../db/work.ts';

export type DocumentRow = Selectable<SealedDocumentTable>;

// The bare column, because its partial index is not found by a comparison with a parameter. The record for the statistics
// is no reader's: row-level security hides it, and a view that were shown it would stumble over it all the same.
const CURRENT = `select * from hien.sealed_document where subject_id = $1 and is_current and compartment <> 'statistics'`;
const CURRENT_IN = `${CURRENT} and compartment = any ($2::text[])`;

/** Current documents of a subject for those who work with it, still sealed; `compartments` narrows what is fetched, unless all are there already. */
export async function currentDocuments(
  work: Work,
  subjectId: string,
  compartments?: readonly string[],
): Promise<DocumentRow[]> {
  const what = `documents ${subjectId}`;
  const all = (): Promise<DocumentRow[]> =>
    work.once(what, async () => (await work.run<DocumentRow>(CURRENT, [subjectId])).rows);
  if (compartments === undefined) return all();
  if (work.knows(what)) return (await all()).filter((row) => compartments.includes(row.compartment));
  return (await work.run<DocumentRow>(CURRENT_IN, [subjectId, [...compartments]])).rows;
}

type Written = { superseded: readonly string[]; rows: readonly DocumentRow[] };

/** Who has read all documents of a subject, or made it, and writes some need not read them again. */
export function rememberDocuments(work: Work, subjectId: string, { superseded, rows }: Written): void {
  const what = `documents ${subjectId}`;
  if (!work.knows(what)) return;
  const before = currentDocuments(work, subjectId);
  work.forget(what);
  const after = before.then((known) => [
    ...known.filter(({ id }) => !superseded.includes(id)),
    ...rows.filter(({ compartment }) => compartment !== 'statistics'),
  ]);
  // Whoever asks for them meets the failure.
  after.catch(() => {});
  void work.once(what, () => after);
}

/** A subject that is just being made has none. */
export function rememberNoDocuments(work: Work, subjectId: string): void {
  void work.once(`documents ${subjectId}`, async () => []);
}
