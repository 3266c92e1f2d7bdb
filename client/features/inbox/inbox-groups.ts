import type { ReferralLine } from '../../../server/referrals/referrals.contract.ts';

export type GroupName = 'drafts' | 'waiting' | 'running' | 'done';
export type Group = { name: GroupName; lines: ReferralLine[] };

const groupOf: Readonly<Record<ReferralLine['state'], GroupName>> = {
  draft: 'drafts',
  awaiting_consent: 'drafts',
  sent: 'waiting',
  received: 'waiting',
  accepted: 'running',
  in_service: 'running',
  declined: 'done',
  completed: 'done',
  withdrawn: 'done',
  recalled: 'done',
  expired: 'done',
};

const order: readonly GroupName[] = ['waiting', 'running', 'drafts', 'done'];

/** What waits for an answer first, the soonest due on top; the rest newest first, as the server gives it. */
export function groupsOf(lines: readonly ReferralLine[]): Group[] {
  return order
    .map((name) => ({
      name,
      lines: sorted(
        name,
        lines.filter((line) => groupOf[line.state] === name),
      ),
    }))
    .filter((group) => group.lines.length > 0);
}

function sorted(name: GroupName, lines: readonly ReferralLine[]): ReferralLine[] {
  if (name !== 'waiting') return [...lines];
  return lines.toSorted((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'));
}

/** Whether an answer is still owed: only then does the time to answer mean anything. */
export function awaitsAnswer({ state }: Pick<ReferralLine, 'state'>): boolean {
  return groupOf[state] === 'waiting';
}

export type Reader = { isDesk: boolean };

/** Whether this person may open the line: the sender's side, the desk, or those it assigned. The server decides. */
export function mayOpen(line: ReferralLine, { isDesk }: Reader): boolean {
  return line.box === 'outbox' || isDesk || line.isMine;
}
