import type { Run } from '../db/bound-kysely.ts';
import type { DocumentRow } from './documents.store.ts';
import type { DataKeyRow, GrantRow } from './grants.store.ts';

/** What a period's principal holds, each with the record that its grant opens. */
export async function statisticsOf(
  run: Run,
  principalId: string,
): Promise<{ grant: GrantRow; document: DocumentRow }[]> {
  const { rows: grants } = await run<GrantRow>(
    `select * from hien.access_grant where holder_id = $1 and holder_kind = 'statistics' order by subject_id`,
    [principalId],
  );
  const { rows: documents } = await run<DocumentRow>(
    `select * from hien.sealed_document where subject_id = any ($1::uuid[]) and compartment = 'statistics' and is_current`,
    [grants.map((grant) => grant.subjectId)],
  );
  const bySubject = new Map(documents.map((document) => [document.subjectId, document]));
  return grants.flatMap((grant) => {
    const document = bySubject.get(grant.subjectId);
    return document === undefined ? [] : [{ grant, document }];
  });
}

export async function statisticsKeysOf(run: Run, subjectId: string): Promise<DataKeyRow[]> {
  const text = `select * from hien.data_key where subject_id = $1 and compartment = 'statistics'`;
  return (await run<DataKeyRow>(text, [subjectId])).rows;
}
