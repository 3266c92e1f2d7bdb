import { runWork, type Work, type WorkRequest } from '../db/work.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { AppError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { decide, type Action } from '../policy/index.ts';
import { purposeFor } from '../policy/purposes.rules.ts';
import { ARCHIVE_REQUEST_MS, archiveHash, isPastTerm, type ArchiveCertificate } from './archive.rules.ts';
import {
  auditsEverywhere,
  dropMonth,
  holdArchiveRequest,
  installationTerms,
  monthFacts,
  saveArchive,
  saveArchiveRequest,
  type ArchiveRequest,
  type MonthFacts,
} from './archive.store.ts';
import type { Erasing } from './erase-case.ts';
import { writeArchive } from './write-archive.store.ts';

/** `bearer` of the person's session; the month as `YYYY-MM`. */
export type AskingArchive = { bearer: Buffer; month: string };
export type ConfirmingArchive = AskingArchive & { ownerUrl: string; folder: string };

/**
 * Asks that a month of the log leave the database: the first of two people, an auditor of all agencies. Nothing moves yet;
 * answers until when somebody else can confirm.
 * @throws AppError NOT_ALLOWED, STATE_CONFLICT (not past its term, not there, or not wholly in the tree)
 */
export async function askArchive(by: Erasing, { bearer, month }: AskingArchive): Promise<{ expiresAt: Date }> {
  return decided(by, { bearer, month, action: 'audit.archive_ask' }, async (work) => {
    if (!(await auditsEverywhere(work))) throw new AppError('NOT_ALLOWED');
    await requireReady(work, month);
    const expiresAt = new Date(work.nowMs + ARCHIVE_REQUEST_MS);
    await saveArchiveRequest(work, month, { askedBy: work.staff.staffId, askedAt: work.now, expiresAt });
    work.record({ objectKind: 'log_month', fields: [`month:${month}`] });
    return { expiresAt };
  });
}

/**
 * Confirms what somebody else asked: writes the month into a folder, reads it back, and only then takes its partitions out of
 * the log, with the event and the certificate in the same transaction. Cut off before the commit, nothing has left; after
 * it, the folder is whole. Leaves, tiles and checkpoints stay.
 * @throws AppError NOT_ALLOWED (the same person twice), STATE_CONFLICT; DumpError when the files cannot be written or trusted
 */
export async function confirmArchive(by: Erasing, asked: ConfirmingArchive): Promise<ArchiveCertificate> {
  const { bearer, month, ownerUrl, folder } = asked;
  return decided(by, { bearer, month, action: 'audit.archive' }, async (work) => {
    const request = await holdArchiveRequest(work, month);
    if (request === undefined || request.expiresAt.getTime() <= work.nowMs) throw new AppError('STATE_CONFLICT');
    if (request.askedBy === work.staff.staffId) throw new AppError('NOT_ALLOWED');
    const facts = await requireReady(work, month);
    const written = await writeArchive({ ownerUrl, folder, month, bounds: facts });
    // The log is append-only, and no event of today falls into a month long gone: what was written is what is there.
    if (written.files[0]?.rows !== facts.events) throw new AppError('STATE_CONFLICT');
    const certificate = certificateFor(work, { month, request, facts, written });
    await dropMonth(work, month);
    await saveArchive(work, certificate, canonicalJson(certificate));
    const fields = [`month:${month}`, `sha256:${archiveHash(certificate)}`];
    work.record({ objectKind: 'log_month', fields, count: facts.events });
    return certificate;
  });
}

type Ready = MonthFacts & { installation: string; keptMonths: number };

async function requireReady(work: Work, month: string): Promise<Ready> {
  const { id: installation, keptMonths } = await installationTerms(work);
  if (!isPastTerm(month, { keptMonths, now: work.now })) throw new AppError('STATE_CONFLICT');
  const facts = await monthFacts(work, month);
  if (facts === null || facts.events === 0 || facts.unsealed > 0) throw new AppError('STATE_CONFLICT');
  return { ...facts, installation, keptMonths };
}

type Told = {
  month: string;
  request: ArchiveRequest;
  facts: Ready;
  written: Awaited<ReturnType<typeof writeArchive>>;
};

function certificateFor(work: Work, { month, request, facts, written }: Told): ArchiveCertificate {
  const { installation, keptMonths, from, to, firstLeaf, lastLeaf } = facts;
  const { files, checkpointSize, checkpointSha256 } = written;
  return {
    format: 'hien-archive-certificate-v1',
    ...{ installation, month, from, to, firstLeaf, lastLeaf, checkpointSize, checkpointSha256, files, keptMonths },
    askedBy: request.askedBy,
    askedAt: request.askedAt.toISOString(),
    confirmedBy: work.staff.staffId,
    archivedAt: work.now.toISOString(),
  };
}

type Deciding = AskingArchive & { action: Action };

async function decided<T>(
  { archivist, policy, clock }: Erasing,
  { bearer, action }: Deciding,
  run: (work: Work) => Promise<T>,
): Promise<T> {
  const request: WorkRequest = {
    bearer,
    purpose: '',
    deed: { action },
    requestId: newId(),
    occurredAtMs: clock.now(),
    isDemonstration: false,
  };
  return runWork(archivist.ports, request, async (work) => {
    work.purpose = purposeFor(action, work.staff.roles);
    await decide(policy, work, { action, subject: { kind: 'log' } });
    return run(work);
  });
}
