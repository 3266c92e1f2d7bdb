import type { Directory } from '../directory/directory.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { cursorOf, idFromCursor } from '../kernel/cursor.ts';
import { openNotice } from './notices.ts';
import type { ListReferralsQuery, Notice, ReferralLine } from './referrals.contract.ts';
import type { ReferralsDeps } from './referrals.routes.ts';
import { boxRows, type ReferralLineRow } from './referrals.store.ts';

const PAGE = 25;

/** The agency's inbox or outbox, newest first; each line carries its notice, opened under the agency's own key. */
export async function listReferrals(
  deps: ReferralsDeps,
  call: Call<unknown, ListReferralsQuery, unknown>,
): Promise<Answer<{ items: ReferralLine[]; nextCursor: string | null }>> {
  const { work, query } = call;
  const limit = query.limit ?? PAGE;
  const rows = await boxRows(work, {
    box: query.box,
    state: query.state ?? null,
    caseId: query.case ?? null,
    before: idFromCursor(query.cursor),
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const { agencyId } = work.staff;
  const items = await Promise.all(
    page.map(async (row) =>
      referralLineOf(deps.directory, row, { agencyId, notice: await openNotice(deps.keys, row, work) }),
    ),
  );
  work.record({ caseIds: [...new Set(page.map((row) => row.caseId))], compartments: ['notice'], count: page.length });
  const last = page.at(-1);
  return { body: { items, nextCursor: rows.length > limit && last ? cursorOf(last.id) : null } };
}

type Side = { agencyId: string; notice: Notice | null };

export function referralLineOf(directory: Directory, row: ReferralLineRow, { agencyId, notice }: Side): ReferralLine {
  const isSender = row.senderAgencyId === agencyId;
  return {
    id: row.id,
    state: row.state,
    box: isSender ? 'outbox' : 'inbox',
    notice,
    caseId: isSender ? row.caseId : null,
    partner: directory.agencyName(isSender ? row.recipientAgencyId : row.senderAgencyId),
    priority: row.priority,
    sentAt: row.sentAt === null ? null : new Date(row.sentAt).toISOString(),
    dueAt: row.dueAt === null ? null : new Date(row.dueAt).toISOString(),
    isMine: row.isMine,
    version: row.version,
  };
}
