import type { Work } from '../db/work.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { AppError, invalid, type FieldFault } from '../kernel/errors.ts';
import { normaliseIdentityNumber, normalisePhone } from '../kernel/folding.ts';
import { conflictIndexes, doubtIndexes, type Keys } from '../keys/index.ts';
import { replaceIdentifiers, staffOf } from './conflicts.store.ts';
import type { StaffIdentifiersBody } from './safeguards.contract.ts';

/**
 * On hiring, and whenever a number changes: what identifies a colleague, as keyed hashes, compared with every case at once.
 * The answer says nothing of what was found.
 * @throws AppError VALIDATION_FAILED for numbers that are none; NOT_FOUND for an account of another agency
 */
export async function identifyStaff(
  deps: { keys: Keys },
  call: Call<{ staffId: string }, unknown, StaffIdentifiersBody>,
): Promise<Answer<Record<string, never>>> {
  const { work, params, body } = call;
  const faults = numberFaults(body);
  if (faults.length > 0) throw invalid(...faults);
  const indexes = [...conflictIndexes(deps.keys.indexKey, body), ...doubtIndexes(deps.keys.indexKey, body)];
  if (!(await replaceIdentifiers(work, params.staffId, indexes))) throw new AppError('NOT_FOUND');
  work.record({ objectKind: 'staff', objectId: params.staffId, fields: Object.keys(body).toSorted() });
  return { body: {} };
}

/** Names only, for a survivor's exclusions. */
export async function listStaff(call: {
  work: Work;
  query: { agencyId: string };
}): Promise<Answer<{ items: { id: string; displayName: string }[] }>> {
  const items = await staffOf(call.work, call.query.agencyId);
  call.work.record({ count: items.length });
  return { body: { items } };
}

function numberFaults({ phone, identityNumber }: StaffIdentifiersBody): FieldFault[] {
  return [
    ...(phone && normalisePhone(phone) === null ? [{ path: 'phone', code: 'NOT_A_PHONE' as const }] : []),
    ...(identityNumber && normaliseIdentityNumber(identityNumber) === null
      ? [{ path: 'identityNumber', code: 'NOT_AN_IDENTITY_NUMBER' as const }]
      : []),
  ];
}
