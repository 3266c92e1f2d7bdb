import { runWork, type Work, type WorkRequest } from '../db/work.ts';
import type { Clock } from '../kernel/clock.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { AppError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { decide, type Action, type PolicyEngine } from '../policy/index.ts';
import { purposeFor } from '../policy/purposes.rules.ts';
import { certificateFor, certificateHash, REQUEST_MS, type Certificate } from './erasure.rules.ts';
import {
  caseIdOfCode,
  destroyCase,
  holdForErasure,
  installationFacts,
  saveRequest,
  saveTombstone,
} from './erasure.store.ts';
import type { Archivist } from './archivist.store.ts';

export type Erasing = { archivist: Archivist; policy: PolicyEngine; clock: Clock };
/** `bearer` of the person's session; the code in its stored form. */
export type Asking = { bearer: Buffer; code: string; reason: string };

const NO_CASE = '00000000-0000-0000-0000-000000000000';

/**
 * Asks that a case be erased: the first of two people. Nothing is destroyed yet; answers until when somebody else can confirm.
 * @throws AppError NOT_FOUND or NOT_ALLOWED
 */
export async function askErasure(by: Erasing, { bearer, code, reason }: Asking): Promise<{ expiresAt: Date }> {
  return decided(by, { bearer, code, action: 'case.erase_ask' }, async (work, caseId) => {
    const ownerAgencyId = work.staff.agencyId;
    const expiresAt = new Date(work.nowMs + REQUEST_MS);
    await saveRequest(work, {
      caseId,
      ownerAgencyId,
      reason,
      askedBy: work.staff.staffId,
      askedAt: work.now,
      expiresAt,
    });
    work.record({ ownerAgencyId, caseIds: [caseId], reasonCode: reason });
    return { expiresAt };
  });
}

/**
 * Confirms what somebody else asked, and destroys the case: its grants and keys, its documents, envelopes, notices,
 * blind indexes and all else that names it but the log. No key is opened, so it works with the custodian down.
 * @throws AppError NOT_FOUND, NOT_ALLOWED (the same person twice), STATE_CONFLICT (no request, or one that ran out)
 */
export async function confirmErasure(by: Erasing, { bearer, code }: Omit<Asking, 'reason'>): Promise<Certificate> {
  return decided(by, { bearer, code, action: 'case.erase' }, async (work, caseId) => {
    const held = await holdForErasure(work, caseId);
    if (held === undefined || held.request.expiresAt.getTime() <= work.nowMs) throw new AppError('STATE_CONFLICT');
    const { line, request } = held;
    if (request.askedBy === work.staff.staffId) throw new AppError('NOT_ALLOWED');
    const { id: installation, keyCopyDays } = await installationFacts(work);
    const { reason, askedBy } = request;
    const certificate = certificateFor(
      {
        installation,
        caseId,
        code: line.code,
        ownerAgencyId: line.ownerAgencyId,
        reason,
        askedBy,
        askedAt: request.askedAt.toISOString(),
        confirmedBy: work.staff.staffId,
        erasedAt: work.now.toISOString(),
        keyCopyDays,
      },
      await destroyCase(work, caseId),
    );
    await saveTombstone(work, certificate, canonicalJson(certificate));
    // The hash in the log proves the certificate; the log proves the hash.
    const fields = [`sha256:${certificateHash(certificate)}`];
    work.record({
      ownerAgencyId: line.ownerAgencyId,
      caseIds: [caseId],
      reasonCode: reason,
      fields,
      count: countOf(certificate),
    });
    return certificate;
  });
}

type Deciding = { bearer: Buffer; code: string; action: Action };

async function decided<T>(
  { archivist, policy, clock }: Erasing,
  { bearer, code, action }: Deciding,
  run: (work: Work, caseId: string) => Promise<T>,
): Promise<T> {
  const caseId = (await caseIdOfCode(archivist.pool, code)) ?? NO_CASE;
  const request: WorkRequest = {
    bearer,
    purpose: '',
    deed: { action, objectKind: 'case', objectId: caseId },
    requestId: newId(),
    occurredAtMs: clock.now(),
    isDemonstration: false,
  };
  return runWork(archivist.ports, request, async (work) => {
    work.purpose = purposeFor(action, work.staff.roles);
    await decide(policy, work, { action, subject: { kind: 'case', id: caseId } });
    return run(work, caseId);
  });
}

function countOf({ destroyed }: Certificate): number {
  return Object.values(destroyed).reduce((sum, count) => sum + count, 0);
}
