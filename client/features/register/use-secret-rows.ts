import { useTranslation } from 'react-i18next';
import type { SummaryRow } from '../../ui/summary-list.tsx';
import { useAnswers } from '../directory/use-answers.ts';
import type { CheckAnswersProps } from './check-answers.tsx';
import { readPartialDay } from './dates-typed.ts';

const texts = [
  'phone',
  'safeTimes',
  'codeWord',
  'fullName',
  'alias',
  'identityNumber',
  'address',
  'currentLocation',
  'shelterAddress',
] as const;

/** What identifies her and how she is reached, as far as it was filled in. */
export function useSecretRows({ values, codes, today }: CheckAnswersProps): SummaryRow[] {
  const { t } = useTranslation('register');
  const { word } = useAnswers();
  const born = readPartialDay({ day: values.bornDay, month: values.bornMonth, year: values.bornYear }, today);
  const filled = texts.flatMap((field) =>
    values[field].trim() === '' ? [] : [{ label: t(`labels.${field}`), value: values[field] }],
  );
  const methods = codes.names('contact_method', values.methods);
  return [
    ...(methods === '' ? [] : [{ label: t('labels.methods'), value: methods }]),
    ...filled,
    ...(values.phone.trim() === ''
      ? []
      : [{ label: t('labels.mayLeaveMessage'), value: word(values.mayLeaveMessage === 'YES' ? 'YES' : 'NO') }]),
    ...(born !== undefined && 'iso' in born
      ? [{ label: t('labels.born'), value: born.iso.split('-').toReversed().join('/') }]
      : []),
  ];
}
