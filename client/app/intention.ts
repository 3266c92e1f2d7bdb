import { isRefusal, type ApiProblem } from './api/problem.ts';
import type { KeptStore } from './kept/kept-store.ts';

/**
 * The idempotency key of what the person is trying to do. It stays the same until the server has surely done it or
 * surely refused it: after a broken line a second attempt must not register twice, not even with a corrected word.
 * Kept like the form itself, so it survives a lock.
 */
export function currentIntention(kept: KeptStore, name: string): string {
  const known = kept.get(slot(name));
  if (typeof known === 'string') return known;
  const fresh = crypto.randomUUID();
  kept.put(slot(name), fresh);
  return fresh;
}

/** Call with the outcome of an attempt: undefined for success. */
export function settleIntention(kept: KeptStore, name: string, problem: ApiProblem | undefined): void {
  if (!problem || isRefusal(problem)) kept.drop(slot(name));
}

function slot(name: string): string {
  return `intention:${name}`;
}
