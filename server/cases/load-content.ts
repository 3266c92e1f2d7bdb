import type { Work } from '../db/work.ts';
import type { Directory } from '../directory/directory.ts';
import { AppError } from '../kernel/errors.ts';
import { currentDocuments, openDocuments, type Keys, type OpenedDocument, type OpenSubject } from '../keys/index.ts';
import { noteSurname } from '../safeguards/index.ts';
import { caseContent, namesIn, type CaseContent } from './case-documents.rules.ts';
import { caseFile, type CaseFileRow } from './cases.store.ts';

export type LoadedCase = { file: CaseFileRow; keys: OpenSubject; documents: OpenedDocument[]; content: CaseContent };

/**
 * A case with its words, opened with the actor's agency's grant. `compartments` narrows what is opened. Whoever opens a case in
 * which somebody bears her own rare family name is noted for the auditor.
 * @throws AppError NOT_FOUND where no row exists for this person; SEAL_BROKEN for anything tampered with
 */
export async function loadCase(
  deps: { keys: Keys; directory: Directory },
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
  const content = caseContent(documents);
  noteSurname(deps, work, { caseId: file.id, names: namesIn(content) });
  return { file, keys, documents, content };
}
