import { createSecretKey, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  newStandingProof,
  openDocuments,
  stillStands,
  type DocumentRow,
  type OpenSubject,
} from '../../server/keys/index.ts';
import { sealDocument } from '../../server/keys/sealed-document.ts';

const key = createSecretKey(randomBytes(32));
const subject: OpenSubject = {
  kind: 'case',
  id: 'subject-1',
  caseId: 'case-1',
  ownerAgencyId: 'agency-1',
  keyFor: () => ({ key, version: 1 }),
};
const content = { narrative: 'Bị đánh' };
const row: Omit<DocumentRow, 'sealed'> = {
  id: 'row-1',
  revision: 1,
  isCurrent: true,
  subjectKind: 'case',
  subjectId: 'subject-1',
  caseId: 'case-1',
  ownerAgencyId: 'agency-1',
  recordKind: 'incident',
  recordId: 'record-1',
  compartment: 'narrative',
  keyVersion: 1,
  currentProof: null,
  currentProofHash: null,
  writtenBy: 'staff-1',
  writtenAt: new Date(0),
};
const context = { table: 'sealed_document', caseId: 'case-1', compartment: 'narrative', keyVersion: 1, revision: 1 };
const broken = expect.objectContaining({ code: 'SEAL_BROKEN' });

it('a document from before such proofs opens as it always did', () => {
  const sealed = sealDocument(key, { ...context, rowId: 'row-1/incident/record-1/subject-1' }, content);
  expect(openDocuments(subject, [{ ...row, sealed }])[0]?.content).toEqual(content);
});

it('a document opens as the current one while its proof is there, and as an earlier one for ever', () => {
  const { proof, hash } = newStandingProof();
  const rowId = `row-1/incident/record-1/subject-1/case/agency-1/staff-1/${hash.toString('hex')}`;
  const sealed = sealDocument(key, { ...context, rowId }, content);
  const current = { ...row, sealed, currentProof: proof, currentProofHash: hash };
  expect(openDocuments(subject, [current])[0]?.content).toEqual(content);
  expect(openDocuments(subject, [{ ...current, isCurrent: false, currentProof: null }])[0]?.content).toEqual(content);
  for (const change of [
    { currentProof: null },
    { currentProof: randomBytes(32) },
    { currentProofHash: null },
    { currentProofHash: newStandingProof().hash },
    { writtenBy: 'staff-2' },
    { ownerAgencyId: 'agency-2' },
    { subjectKind: 'referral' as const },
  ])
    expect(() => openDocuments(subject, [{ ...current, ...change }]), JSON.stringify(change)).toThrow(broken);
});

it('a proof stands for its own hash only, and none stands for nothing', () => {
  const [one, other] = [newStandingProof(), newStandingProof()];
  expect(stillStands(one.proof, one.hash)).toBe(true);
  expect(stillStands(other.proof, one.hash)).toBe(false);
  expect(stillStands(null, one.hash)).toBe(false);
  expect(stillStands(Buffer.alloc(0), one.hash)).toBe(false);
});
