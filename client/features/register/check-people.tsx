import { useTranslation } from 'react-i18next';
import type { SummaryRow } from '../../ui/summary-list.tsx';
import { SummaryList } from '../../ui/summary-list.tsx';
import { useAnswers } from '../directory/use-answers.ts';
import { answerOf } from './body-incident.ts';
import { perpetratorWords } from './form.ts';
import type { CheckAnswersProps } from './check-answers.tsx';

/** The alleged perpetrators and the children, one line each. */
export function OtherPeople({ values, codes }: CheckAnswersProps) {
  const { t } = useTranslation('register');
  const { word } = useAnswers();
  const words = perpetratorWords(values.kind);
  const living = (answer: string): string => t('labels.livesWith', { answer: word(answerOf(answer)).toLowerCase() });
  const perpetrators = values.perpetrators.map((each, index): SummaryRow => {
    const parts = [
      codes.name('relationship', each.relationship),
      codes.name('sex', each.sex),
      codes.name('perpetrator_age_group', each.ageGroup),
      living(each.livesWithSurvivor),
      codes.name('occupation_group', each.occupationGroup),
      codes.name('trafficker_role', each.traffickerRole),
      each.fullName,
    ];
    return { label: t(`${words}.number`, { number: index + 1 }), value: joined(parts) };
  });
  const children = values.children.map((each, index): SummaryRow => {
    const age = each.ageYears.trim();
    const parts = [
      age === '' ? '' : t('labels.years', { age }),
      codes.name('sex', each.sex),
      codes.name('child_relation', each.relation),
      living(each.livesWithSurvivor),
      t('labels.atRisk', { answer: word(answerOf(each.isAtRisk)).toLowerCase() }),
    ];
    return { label: t('child.number', { number: index + 1 }), value: joined(parts) };
  });
  return (
    <SummaryList
      rows={[
        ...(perpetrators.length > 0 ? perpetrators : [{ label: t(`${words}.title`), value: t('perpetrator.none') }]),
        ...(children.length > 0 ? children : [{ label: t('child.title'), value: t('child.none') }]),
      ]}
    />
  );
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('; ');
}
