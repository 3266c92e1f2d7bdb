import { useTranslation } from 'react-i18next';
import type { SummaryRow } from '../../ui/summary-list.tsx';
import type { Codes } from '../directory/codes.ts';
import { useAnswers } from '../directory/use-answers.ts';
import { useAreaName } from '../directory/use-area-name.ts';
import type { Fact } from './facts.ts';
import { partialDayWords } from './words-of-time.ts';

/** Facts in words, those left open left out. */
export function useFactRows(codes: Codes): (facts: readonly Fact[]) => SummaryRow[] {
  const { t } = useTranslation('caseFile');
  const { word } = useAnswers();
  const areaName = useAreaName();
  function valueOf(fact: Fact): string {
    if ('list' in fact) return codes.names(fact.list, fact.codes);
    if ('answer' in fact) return word(fact.answer);
    if ('day' in fact) return partialDayWords(fact.day);
    return 'area' in fact ? areaName(fact.area) : fact.text;
  }
  return (facts) =>
    facts.flatMap((fact) => {
      const value = valueOf(fact);
      return value === '' ? [] : [{ label: t(`facts.${fact.label}`), value }];
    });
}
