import type { KeptStore } from '../../app/kept/kept-store.ts';

/** The registration that was last open in this tab. */
export type Current = { draftId: string; page: string };

export const currentKey = 'register:current';

export function readCurrent(kept: KeptStore): Current | undefined {
  return kept.get(currentKey) as Current | undefined;
}

/** The registration is done or discarded: nothing of it stays in memory. */
export function forgetRegistration(kept: KeptStore, draftId: string): void {
  kept.drop(`register:${draftId}`);
  if (readCurrent(kept)?.draftId === draftId) kept.drop(currentKey);
}

/** What is left of a registration that was sent, for the page that confirms it. No code: it was handed over. */
export type Registered = { id: string; code: string };

export function registeredKey(draftId: string): string {
  return `registered:${draftId}`;
}
