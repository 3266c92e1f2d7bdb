import type { Pool } from 'pg';
import { runWork, type Work, type WorkPorts } from '../db/work.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError, invalid } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { regrantGuarded, sealBroken, type Custodian, type NewGrant, type Principals } from '../keys/index.ts';
import { decide, type Action, type PolicyEngine } from '../policy/index.ts';
import { purposeFor } from '../policy/purposes.rules.ts';
import { caseNamed, markGuardedOpening, servingStaff, type NamedCase } from './guardian.store.ts';

/** Works as the archivist over `ports` and `pool`; the guardian's grants exist for nobody else. */
export type Guarding = { ports: WorkPorts; pool: Pool; policy: PolicyEngine; clock: Clock };
export type GuardedAsk = { bearer: Buffer; code: string; reason: string };
/** That somebody of the owning agency agreed, and who. */
export type Agreement = { staffId: string };
export type GuardedOpening = {
  custodian: Custodian;
  /** Over a pool of its own: the archivist's connection is busy. */
  principals: Principals;
  unlock: Buffer;
  agreement: Agreement;
  /** User names of people of the owning agency, the one who leads first; or the agency itself. */
  to: readonly string[] | 'agency';
};
export type GuardedOpened = { subjects: number; holders: number };

const NO_CASE: NamedCase = { id: '00000000-0000-0000-0000-000000000000', ownerAgencyId: '' };

/**
 * A supervisor or administrator of the owning agency agrees that the guardian's key opens a case: the first of two people.
 * @throws AppError NOT_FOUND or NOT_ALLOWED
 */
export async function agreeGuarded(by: Guarding, ask: GuardedAsk): Promise<Agreement> {
  return decided(by, { ...ask, action: 'guardian.agree' }, async (work, { id, ownerAgencyId }) => {
    work.record({ ownerAgencyId, caseIds: [id], reasonCode: ask.reason });
    return { staffId: work.staff.staffId };
  });
}

/**
 * An operator gives the case to others of its agency with the guardian's unlock; he reads nothing of it himself.
 * @throws AppError NOT_FOUND, NOT_ALLOWED (the same person twice), VALIDATION_FAILED (`to`), STATE_CONFLICT (the guardian
 * does not hold the case), SEAL_BROKEN (the unlock is not its own, or a grant was tampered with)
 */
export async function openGuarded(by: Guarding, ask: GuardedAsk, opening: GuardedOpening): Promise<GuardedOpened> {
  return decided(by, { ...ask, action: 'guardian.open' }, async (work, file) => {
    const staffIds = await requireFit(work, file, opening);
    const grants = grantsFor(file, staffIds);
    const subjects = await regrant(work, file, { opening, grants });
    await markGuardedOpening(work, file.id, opening.to === 'agency');
    work.record({
      ownerAgencyId: file.ownerAgencyId,
      caseIds: [file.id],
      reasonCode: ask.reason,
      fields: [`agreed:${opening.agreement.staffId}`, ...staffIds.map((staffId) => `for:${staffId}`)],
      count: subjects,
    });
    return { subjects, holders: grants.length };
  });
}

/** Ids of the persons who get the case; none where the agency does. */
async function requireFit(work: Work, file: NamedCase, { agreement, to }: GuardedOpening): Promise<string[]> {
  if (agreement.staffId === work.staff.staffId) throw refusal(work, file, new AppError('NOT_ALLOWED'));
  if (to === 'agency') return [];
  const staffIds = await servingStaff(work, file.ownerAgencyId, to);
  if (staffIds.length === 0 || staffIds.length !== new Set(to).size)
    throw refusal(work, file, invalid({ path: 'for', code: 'INVALID' }));
  return staffIds;
}

type Regrant = { opening: GuardedOpening; grants: readonly NewGrant[] };

async function regrant(work: Work, file: NamedCase, { opening, grants }: Regrant): Promise<number> {
  const { custodian, principals, unlock } = opening;
  try {
    const subjects = await regrantGuarded({ work, custodian, principals, unlock }, file.id, grants);
    if (subjects === 0) throw new AppError('STATE_CONFLICT');
    return subjects;
  } catch (error) {
    throw refusal(work, file, isWrongUnlock(error) ? sealBroken(error) : error);
  }
}

/** A refusal names the case in the log; it was decided that the actor may know it. */
function refusal(work: Work, { id, ownerAgencyId }: NamedCase, error: unknown): unknown {
  work.record({ outcome: 'refused', ownerAgencyId, caseIds: [id] });
  return error;
}

function isWrongUnlock(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'GUARDIAN_NOT_OPENED';
}

const TERMS = { basisKind: 'guardian_opening', basisId: null, endsAt: null };

function grantsFor({ ownerAgencyId: agencyId }: NamedCase, staffIds: readonly string[]): NewGrant[] {
  if (staffIds.length === 0) return [{ ...TERMS, agencyId, members: [] }];
  return staffIds.map((staffId, index) => ({
    ...TERMS,
    agencyId,
    staffId,
    members: [{ staffId, role: index === 0 ? 'lead' : 'member' }],
  }));
}

type Deciding = GuardedAsk & { action: Action };

async function decided<T>(
  { ports, pool, policy, clock }: Guarding,
  { bearer, code, action }: Deciding,
  run: (work: Work, file: NamedCase) => Promise<T>,
): Promise<T> {
  const file = (await caseNamed(pool, code)) ?? NO_CASE;
  const request = {
    bearer,
    purpose: '',
    deed: { action, objectKind: 'case', objectId: file.id },
    requestId: newId(),
    occurredAtMs: clock.now(),
    isDemonstration: false,
  };
  return runWork(ports, request, async (work) => {
    work.purpose = purposeFor(action, work.staff.roles);
    await decide(policy, work, { action, subject: { kind: 'case', id: file.id } });
    return run(work, file);
  });
}
