import { useTranslation } from 'react-i18next';
import type { Choice } from '../../ui/field-id.ts';

export type Answer = 'YES' | 'NO' | 'UNKNOWN';

/** Yes, no and "not known" as choices and in words. */
export function useAnswers(): { choices: Choice[]; yesNo: Choice[]; word: (answer: Answer) => string } {
  const { t } = useTranslation('ui');
  const word = (answer: Answer): string => t(`answers.${answer}`);
  const choices = (['YES', 'NO', 'UNKNOWN'] as const).map((answer) => ({ value: answer, label: word(answer) }));
  return { choices, yesNo: choices.slice(0, 2), word };
}
