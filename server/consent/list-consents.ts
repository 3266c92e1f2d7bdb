import type { Work } from '../db/work.ts';
import type { Directory } from '../directory/directory.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { vietnamDay } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import {
  currentDocuments,
  openDocuments,
  sealBroken,
  stillStands,
  type DocumentDraft,
  type Keys,
} from '../keys/index.ts';
import type { ConsentView, RecordConsentBody } from './consent.contract.ts';
import { consentState } from './consent.rules.ts';
import type { ConsentDeps } from './consent.routes.ts';
import { consentRow, consentsOf, type ConsentRow } from './consent.store.ts';

/** The sealed part of a consent: what was agreed and how it is proved. */
export type ConsentTerms = Pick<
  RecordConsentBody,
  'purpose' | 'fields' | 'consenter' | 'evidence' | 'language' | 'explainedOn' | 'witness' | 'textVersion' | 'excluded'
>;
export type Consent = ConsentRow & { terms: ConsentTerms };

/** What else is sealed, so that the row in the clear cannot be bent; consents from before have none of it. */
type Fixed = Partial<{ recipientAgencyId: string; validUntil: string; standing: string }>;

/** `standing` is the hash of the proof that stands beside the row until the withdrawal. */
export function consentDocument(consentId: string, body: RecordConsentBody, standing: Buffer): DocumentDraft {
  const { purpose, fields, consenter, evidence, language, explainedOn, witness, textVersion, excluded } = body;
  const terms = {
    purpose,
    fields,
    consenter,
    evidence,
    language,
    explainedOn,
    witness: witness ?? null,
    textVersion,
    excluded: excluded ?? null,
    recipientAgencyId: body.recipientAgencyId,
    validUntil: body.validUntil,
    standing: standing.toString('base64'),
  };
  return { recordKind: 'consent', recordId: consentId, compartment: 'legal', content: terms };
}

/** All consents of a case with their terms, newest first. */
export async function loadConsents(deps: { keys: Keys }, work: Work, caseId: string): Promise<Consent[]> {
  const [rows, keys, documents] = await Promise.all([
    consentsOf(work, caseId),
    deps.keys.subjects.open(work, caseId),
    currentDocuments(work, caseId, ['legal']),
  ]);
  const terms = new Map(
    openDocuments(
      keys,
      documents.filter((row) => row.recordKind === 'consent'),
    ).map((row) => [row.recordId, row.content as ConsentTerms & Fixed]),
  );
  return rows.flatMap((row) => {
    const found = terms.get(row.id);
    if (found === undefined) return [];
    requireUnbent(row, found);
    return [{ ...row, terms: found }];
  });
}

/** Recipient and end are as they were agreed, and what was withdrawn stays withdrawn. @throws SealError SEAL_BROKEN */
function requireUnbent(row: ConsentRow, { recipientAgencyId, validUntil, standing }: Fixed): void {
  if (standing === undefined) return;
  const isAsAgreed = row.recipientAgencyId === recipientAgencyId && row.validUntil === validUntil;
  const isRevived = row.state === 'valid' && !stillStands(row.standingProof, Buffer.from(standing, 'base64'));
  if (!isAsAgreed || isRevived) throw sealBroken();
}

export async function listConsents(
  deps: ConsentDeps,
  call: Call<{ caseId: string }, unknown, unknown>,
): Promise<Answer<{ items: ConsentView[] }>> {
  const { work } = call;
  const { caseId } = call.params;
  const consents = await loadConsents(deps, work, caseId);
  work.record({
    ownerAgencyId: call.facts.ownerAgencyId,
    caseIds: [caseId],
    compartments: ['legal'],
    count: consents.length,
  });
  const day = vietnamDay(work.nowMs);
  return {
    body: { items: consents.map((consent) => viewConsent(deps.directory, consent, { terms: consent.terms, day })) },
  };
}

/** A repeated recording answers with the consent it made. */
export async function replayConsent(
  deps: ConsentDeps,
  call: Call<{ caseId: string }, unknown, unknown>,
  consentId: string,
): Promise<Answer<ConsentView>> {
  const { work } = call;
  const consent = (await loadConsents(deps, work, call.params.caseId)).find((each) => each.id === consentId);
  if (consent === undefined || (await consentRow(work, consentId)) === undefined) throw new AppError('NOT_FOUND');
  work.record({ objectKind: 'consent', objectId: consentId, caseIds: [call.params.caseId], compartments: ['legal'] });
  return {
    body: viewConsent(deps.directory, consent, { terms: consent.terms, day: vietnamDay(work.nowMs) }),
    resourceId: consentId,
  };
}

type Viewing = { terms: ConsentTerms; day: string };

export function viewConsent(directory: Directory, row: ConsentRow, { terms, day }: Viewing): ConsentView {
  return {
    id: row.id,
    caseId: row.caseId,
    recipientAgency: directory.agencyName(row.recipientAgencyId),
    purpose: terms.purpose,
    fields: terms.fields,
    validUntil: row.validUntil,
    consenter: terms.consenter,
    evidence: terms.evidence,
    language: terms.language,
    explainedOn: terms.explainedOn,
    witness: terms.witness ?? null,
    textVersion: terms.textVersion,
    excluded: terms.excluded ?? null,
    state: consentState(row, day),
    recordedAt: new Date(row.recordedAt).toISOString(),
    withdrawnAt: row.withdrawnAt === null ? null : new Date(row.withdrawnAt).toISOString(),
  };
}
