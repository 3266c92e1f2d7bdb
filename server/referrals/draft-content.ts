import type { Work } from '../db/work.ts';
import { AppError } from '../kernel/errors.ts';
import {
  currentDocuments,
  openDocuments,
  writeDocuments,
  type DocumentRow,
  type Keys,
  type OpenSubject,
} from '../keys/index.ts';
import type { DraftReferralBody } from './referrals.contract.ts';

/** The sealed part of a referral before it goes: what is asked and which fields are chosen. Lies under the case's own key. */
export type DraftContent = Pick<DraftReferralBody, 'service' | 'urgency' | 'purpose' | 'fields'> & {
  note: string | null;
  basis?: string;
  reason?: string;
};

const COMPARTMENT = 'facts';
const KIND = 'referral';

export function draftContentOf(
  body: Pick<DraftReferralBody, 'service' | 'urgency' | 'purpose' | 'fields'> & { note?: string | undefined },
): DraftContent {
  const { service, urgency, purpose, fields } = body;
  return { service, urgency, purpose, fields, note: body.note ?? null };
}

export async function writeDraftContent(
  work: Work,
  keys: OpenSubject,
  draft: { referralId: string; content: DraftContent; previous?: DocumentRow },
): Promise<void> {
  const { referralId, content, previous } = draft;
  await writeDocuments(work, keys, [
    { recordKind: KIND, recordId: referralId, compartment: COMPARTMENT, content, ...(previous ? { previous } : {}) },
  ]);
}

export type LoadedDraft = { keys: OpenSubject; document: DocumentRow; content: DraftContent };

export async function loadDraftContent(
  deps: { keys: Keys },
  work: Work,
  at: { caseId: string; referralId: string },
): Promise<LoadedDraft> {
  const [keys, rows] = await Promise.all([
    deps.keys.subjects.open(work, at.caseId),
    currentDocuments(work, at.caseId, [COMPARTMENT]),
  ]);
  const [document] = openDocuments(
    keys,
    rows.filter((row) => row.recordKind === KIND && row.recordId === at.referralId),
  );
  if (document === undefined) throw new AppError('NOT_FOUND');
  return { keys, document, content: document.content as DraftContent };
}
