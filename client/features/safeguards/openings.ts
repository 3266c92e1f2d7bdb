import type { BreakGlassView } from '../../../server/safeguards/safeguards.contract.ts';

export type Opening = BreakGlassView;
export type OpeningList = { items: Opening[] };
export type OpeningState = 'open' | 'waiting' | 'overdue' | 'justified' | 'not_justified';

export const toldPath = '/api/break-glass?box=told';
export const minePath = '/api/break-glass?box=mine';

/** How one emergency access stands: the verdict where there is one, else whether it is open, awaited or late. */
export function stateOf(opening: Opening, nowMs: number): OpeningState {
  if (opening.review !== null) return opening.review.verdict;
  if (Date.parse(opening.reviewDueAt) < nowMs) return 'overdue';
  return Date.parse(opening.endsAt) > nowMs ? 'open' : 'waiting';
}

export type OpeningGroup = { name: 'toReview' | 'toKnow' | 'mine'; openings: Opening[] };

/** What waits for this person's judgement first, the soonest due on top; then what she was told of, then her own. */
export function groupsOf(told: readonly Opening[], mine: readonly Opening[]): OpeningGroup[] {
  const groups: OpeningGroup[] = [
    { name: 'toReview', openings: told.filter(awaitsMe).toSorted(bySoonestDue) },
    { name: 'toKnow', openings: told.filter((opening) => !awaitsMe(opening) && !opening.isMine).toSorted(byNewest) },
    { name: 'mine', openings: mine.toSorted(byNewest) },
  ];
  return groups.filter(({ openings }) => openings.length > 0);
}

/** Whether this person is asked to review it. */
export function awaitsMe({ mayReview, review }: Opening): boolean {
  return mayReview && review === null;
}

/** Whole minutes that are left, never more than there are; at least 1 until it is over, then 0. */
export function minutesLeft(endsAt: string, nowMs: number): number {
  const leftMs = Date.parse(endsAt) - nowMs;
  return leftMs <= 0 ? 0 : Math.max(1, Math.floor(leftMs / 60_000));
}

/** The access to this case that lasts longest, whether it is still open or not. */
export function latestOn(caseId: string, mine: readonly Opening[]): Opening | undefined {
  return mine.filter((opening) => opening.caseId === caseId).toSorted((a, b) => b.endsAt.localeCompare(a.endsAt))[0];
}

/** The answer of both boxes, each access once. */
export function findOpening(id: string, lists: readonly (readonly Opening[])[]): Opening | undefined {
  return lists.flat().find((opening) => opening.id === id);
}

function bySoonestDue(a: Opening, b: Opening): number {
  return a.reviewDueAt.localeCompare(b.reviewDueAt);
}

function byNewest(a: Opening, b: Opening): number {
  return b.openedAt.localeCompare(a.openedAt);
}
