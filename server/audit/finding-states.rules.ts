export const FINDING_STATES = ['open', 'asked', 'answered', 'closed'] as const;

export type FindingState = (typeof FINDING_STATES)[number];

/**
 * Which state of a finding may follow which. The same table stands in the database as a trigger
 * (`migrations/0019_findings.sql`); a test keeps the two equal.
 */
export const FINDING_STEPS: Readonly<Record<FindingState, readonly FindingState[]>> = {
  open: ['asked', 'closed'],
  asked: ['answered', 'closed'],
  answered: ['asked', 'closed'],
  closed: [],
};

export function mayFollow(from: FindingState, to: FindingState): boolean {
  return FINDING_STEPS[from].includes(to);
}
