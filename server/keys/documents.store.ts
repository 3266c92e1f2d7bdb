import type { Selectable } from 'kysely';
import type { SealedDocumentTable } from '../db/schema.ts';
import type { Work } from '../db/work.ts';

export type DocumentRow = Selectable<SealedDocumentTable>;

// The bare column, because its partial index is not found by a comparison with a parameter. The statistics are nobody's to
// open who works on the case: row-level security shows them to no person, and here nobody asks for them.
const CURRENT = `select * from hien.sealed_document where subject_id = $1 and is_current and compartment <> 'statistics'`;
const CURRENT_IN = `${CURRENT} and compartment = any ($2::text[])`;

/** Current documents of a subject, still sealed; `compartments` narrows what is fetched, unless all are there already. */
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
