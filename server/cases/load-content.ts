import type { Work } from '../db/work.ts';
import { AppError } from '../kernel/errors.ts';
import { currentDocuments, openDocuments, type Keys, type OpenedDocument, type OpenSubject } from '../keys/index.ts';
import { caseContent, type CaseContent } from './case-documents.rules.ts';
import { caseFile, type CaseFileRow } from './cases.store.ts';

export type LoadedCase = { file: CaseFileRow; keys: OpenSubject; documents: OpenedDocument[]; content: CaseContent };

/**
 * A case with its words, opened with the actor's agency's grant. `compartments` narrows what is opened.
 * @throws AppError NOT_FOUND where no row exists for this person; SEAL_BROKEN for anything tampered with
 */
export async function loadCase(
  deps: { keys: Keys },
  work: Work,
  wanted: { caseId: string; compartments?: readonly string[] },
): Promise<LoadedCase> {
  const [file, keys, rows] = await Promise.all([
    caseFile(work, wanted.caseId),
    deps.keys.subjects.open(work, wanted.caseId, wanted.compartments),
    currentDocuments(work, wanted.caseId, wanted.compartments),
  ]);
  if (file === undefined) throw new AppError('NOT_FOUND');
  const documents = openDocuments(keys, rows);
  return { file, keys, documents, content: caseContent(documents) };
}
