import type { KeyObject } from 'node:crypto';
import { insertRows } from '../db/insert-rows.ts';
import type { Work } from '../db/work.ts';
import { newId } from '../kernel/ids.ts';
import { rememberDocuments, type DocumentRow } from './documents.store.ts';
import { sealBroken } from './seal-error.ts';
import { openDocument, sealDocument, type SealContext } from './sealed-document.ts';
import { newStandingProof, stillStands } from './standing-proof.ts';
import type { OpenSubject } from './subjects.ts';

/** One sealed document to write: a record's part in one compartment. `previous` makes it a new revision. */
export type DocumentDraft = {
  recordKind: string;
  recordId: string;
  compartment: string;
  content: unknown;
  previous?: Pick<DocumentRow, 'id' | 'revision'>;
};

export type OpenedDocument = DocumentRow & { content: unknown };

const TABLE = 'sealed_document';

/**
 * The record belongs to the row's identity, so a document moved to another record, subject or agency is refused; so does
 * the hash of the proof that it is current. Rows from before such proofs name record and subject only.
 */
function contextOf(row: Omit<DocumentRow, 'sealed' | 'isCurrent' | 'currentProof' | 'writtenAt'>): SealContext {
  const { id, caseId, compartment, keyVersion, revision, currentProofHash: hash } = row;
  const of = `${id}/${row.recordKind}/${row.recordId}/${row.subjectId}`;
  const rowId =
    hash === null ? of : `${of}/${row.subjectKind}/${row.ownerAgencyId}/${row.writtenBy}/${hash.toString('hex')}`;
  return { table: TABLE, rowId, caseId, compartment, keyVersion, revision };
}

/** Seals and stores documents; those with a predecessor supersede it, earlier revisions stay sealed where they are. */
export async function writeDocuments(
  work: Work,
  subject: OpenSubject,
  drafts: readonly DocumentDraft[],
): Promise<void> {
  const superseded = drafts.flatMap((draft) => (draft.previous ? [draft.previous.id] : []));
  const rows = drafts.map((draft) => documentRow(work, subject, draft));
  rememberDocuments(work, subject.id, { superseded, rows });
  await Promise.all([
    ...(superseded.length === 0
      ? []
      : [
          work.db
            .updateTable('sealedDocument')
            .set({ isCurrent: false, currentProof: null })
            .where('id', 'in', superseded)
            .where('isCurrent', '=', true)
            .execute(),
        ]),
    insertRows(work, 'sealedDocument', rows),
  ]);
}

function documentRow(work: Work, subject: OpenSubject, draft: DocumentDraft): DocumentRow {
  const { key, version } = subject.keyFor(draft.compartment);
  const { proof: currentProof, hash: currentProofHash } = newStandingProof();
  const row = {
    id: draft.previous?.id ?? newId(),
    revision: (draft.previous?.revision ?? 0) + 1,
    isCurrent: true,
    subjectKind: subject.kind,
    subjectId: subject.id,
    caseId: subject.caseId,
    ownerAgencyId: subject.ownerAgencyId,
    recordKind: draft.recordKind,
    recordId: draft.recordId,
    compartment: draft.compartment,
    keyVersion: version,
    currentProof,
    currentProofHash,
    writtenBy: work.staff.staffId,
    writtenAt: work.now,
  };
  return { ...row, sealed: sealDocument(key, contextOf(row), draft.content) };
}

/** The same document sealed under a newer key, at the same place and revision. @throws SealError SEAL_BROKEN */
export function resealDocument(row: DocumentRow, keys: { from: KeyObject; to: KeyObject; version: number }): Buffer {
  const content = openDocument(keys.from, contextOf(row), row.sealed);
  return sealDocument(keys.to, contextOf({ ...row, keyVersion: keys.version }), content);
}

/** @throws SealError SEAL_BROKEN for anything moved, rolled back or altered */
export function openDocuments(subject: OpenSubject, rows: readonly DocumentRow[]): OpenedDocument[] {
  return rows.map((row) => {
    requireStanding(row);
    return {
      ...row,
      content: openDocument(subject.keyFor(row.compartment, row.keyVersion).key, contextOf(row), row.sealed),
    };
  });
}

/** An earlier revision that somebody marked as the current one has lost its proof for good. */
function requireStanding({ isCurrent, currentProof, currentProofHash }: DocumentRow): void {
  if (isCurrent && currentProofHash !== null && !stillStands(currentProof, currentProofHash)) throw sealBroken();
}

/** Destroys the documents of subjects that end, such as the envelope of a withdrawn referral. */
export async function destroyDocuments(
  work: Work,
  subjectIds: readonly string[],
  compartments: readonly string[],
): Promise<void> {
  work.forget(...subjectIds.map((subjectId) => `documents ${subjectId}`));
  await work.db
    .deleteFrom('sealedDocument')
    .where('subjectId', 'in', [...subjectIds])
    .where('compartment', 'in', [...compartments])
    .execute();
}
