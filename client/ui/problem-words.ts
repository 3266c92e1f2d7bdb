import type { Words } from '../locales/vi.ts';

/** The part of `ApiProblem` that people are told. */
export type ShownProblem = {
  status: number;
  title: string;
  code?: string;
  detail?: string | undefined;
  requestId?: string | undefined;
};

type Advice = Extract<keyof Words['ui']['problem'], `${string}Advice`>;

const byStatus: Readonly<Record<number, Advice>> = {
  0: 'networkAdvice',
  400: 'inputAdvice',
  403: 'refusedAdvice',
  404: 'refusedAdvice',
  409: 'changedAdvice',
  412: 'changedAdvice',
  422: 'inputAdvice',
  428: 'changedAdvice',
  429: 'slowAdvice',
};

const byCode: Readonly<Record<string, Advice>> = {
  STATE_CONFLICT: 'conflictAdvice',
  CONSENT_MISSING: 'conflictAdvice',
  IDEMPOTENCY_KEY_REUSED: 'doneBeforeAdvice',
  BREAK_GLASS_REVIEW_OVERDUE: 'overdueReviewAdvice',
  DESK_CONFLICT: 'otherDeskAdvice',
};

/** What the person can do about it. Not found and not allowed get the same words, as they look the same outside. */
export function adviceFor({ status, code }: Pick<ShownProblem, 'status' | 'code'>): Advice {
  return byCode[code ?? ''] ?? byStatus[status] ?? 'serverAdvice';
}

/** Whether trying the very same again makes sense. */
export function mayTryAgain(status: number): boolean {
  return status === 0 || status === 429 || status >= 500;
}
