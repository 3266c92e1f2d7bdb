import type { Work } from '../db/work.ts';
import { NOTICE_REVISION, type Keys } from '../keys/index.ts';
import { isOver } from './actions.rules.ts';
import type { Notice } from './referrals.contract.ts';
import type { Change, ReferralRow } from './referrals.store.ts';

const TABLE = 'referral';

type Parties = { referralId: string; caseId: string; senderAgencyId: string; recipientAgencyId: string };

/** The notice, once for each side under that agency's own list key: its work list needs no other. */
export async function sealNotices(keys: Keys, parties: Parties, notice: Notice): Promise<Change> {
  const context = { table: TABLE, rowId: parties.referralId, caseId: parties.caseId, revision: NOTICE_REVISION };
  const [sender, recipient] = await Promise.all([
    keys.sealLine(parties.senderAgencyId, context, notice),
    keys.sealLine(parties.recipientAgencyId, context, notice),
  ]);
  return {
    senderKeyVersion: sender.keyVersion,
    senderNotice: sender.sealed,
    recipientKeyVersion: recipient.keyVersion,
    recipientNotice: recipient.sealed,
  };
}

/** The notice as the bound agency holds it; null before dispatch, and for a recipient whose time is over or from whom it was taken back. */
export async function openNotice(keys: Keys, row: ReferralRow, work: Work): Promise<Notice | null> {
  const { agencyId } = work.staff;
  const isSender = row.senderAgencyId === agencyId;
  if (!isSender && isOver(row, work.nowMs)) return null;
  const sealed = isSender ? row.senderNotice : row.recipientNotice;
  const keyVersion = isSender ? row.senderKeyVersion : row.recipientKeyVersion;
  if (sealed === null || keyVersion === null) return null;
  const context = { table: TABLE, rowId: row.id, caseId: row.caseId, revision: NOTICE_REVISION, keyVersion };
  return (await keys.openLine(agencyId, context, sealed)) as Notice;
}
