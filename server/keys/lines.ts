import type { Custodian, PrincipalKeys } from './custodian.ts';
import { openDocument, sealDocument, type SealContext } from './sealed-document.ts';

/** Where a line of an agency's own work list lies: a notice, a draft. */
export type LineContext = { table: string; rowId: string; caseId: string; revision: number };

/** Notices are written once. */
export const NOTICE_REVISION = 1;

/** Seals one line under the list key of this version of its agency's keys. */
export async function sealLineFor(
  by: { custodian: Custodian; holder: PrincipalKeys },
  context: LineContext,
  content: unknown,
): Promise<Buffer> {
  return sealDocument(await by.custodian.listKey(by.holder), sealContext(context, by.holder), content);
}

/** @throws SealError SEAL_BROKEN */
export async function openLineOf(
  by: { custodian: Custodian; holder: PrincipalKeys },
  context: LineContext,
  sealed: Buffer,
): Promise<unknown> {
  return openDocument(await by.custodian.listKey(by.holder), sealContext(context, by.holder), sealed);
}

function sealContext(context: LineContext, holder: PrincipalKeys): SealContext {
  const { table, rowId, caseId, revision } = context;
  return { table, rowId, caseId, compartment: `list/${holder.principalId}`, keyVersion: holder.version, revision };
}
