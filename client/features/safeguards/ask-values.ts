import type { KeptStore } from '../../app/kept/kept-store.ts';

/** What is asked for; the password is not among it, since these words survive a lock. */
export type AskValues = { code: string; reasonCode: string; reasonText: string; minutes: string };

export const askKey = 'opening';

/** The server refuses a shorter explanation: one word explains nothing. */
export const shortestText = 10;
export const longestText = 1000;

/** A code of `break_glass_minutes`; half an hour is enough for most calls, and more can be chosen. */
const usualMinutes = 'M30';
export const nothingAsked: AskValues = { code: '', reasonCode: '', reasonText: '', minutes: usualMinutes };

/** Takes a code over from the look-up, through memory: nothing about a case stands in an address. */
export function askFor(kept: KeptStore, code: string): void {
  kept.put(askKey, { ...nothingAsked, code: code.trim() });
}

export type AskFault = 'noCode' | 'noReason' | 'shortText';

/** The minutes that a code of the list stands for. */
export function minutesOf(code: string): number {
  return Number(code.slice(1));
}

/** What keeps it from being sent, by field. */
export function faultsOf(values: AskValues): Partial<Record<keyof AskValues, AskFault>> {
  return {
    ...(values.code.trim() === '' ? { code: 'noCode' as const } : {}),
    ...(values.reasonCode === '' ? { reasonCode: 'noReason' as const } : {}),
    ...(values.reasonText.trim().length < shortestText ? { reasonText: 'shortText' as const } : {}),
  };
}
