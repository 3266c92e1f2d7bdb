import type { TFunction } from 'i18next';
import type { Faults } from './faults.ts';

/** What is wrong, in words, by field. */
export function inWords(faults: Faults, t: TFunction<'register'>): Record<string, string> {
  const messages = Object.entries(faults).map(([field, fault]) => [field, fault ? t(`faults.${fault}`) : '']);
  return Object.fromEntries(messages) as Record<string, string>;
}
