import { useTranslation } from 'react-i18next';
import type { FindingView } from '../../../server/audit/findings.contract.ts';
import { ContextualDate } from '../../ui/contextual-date.tsx';
import { formatDateTime } from '../../ui/dates.ts';
import { SummaryList } from '../../ui/summary-list.tsx';

/** What was asked and what was answered, in order. */
export function ExplanationsPart({ explanations }: Pick<FindingView, 'explanations'>) {
  const { t } = useTranslation('review');
  return (
    <section aria-labelledby="explanations-heading">
      <h2 id="explanations-heading">{t('one.explanations')}</h2>
      {explanations.map(({ id, question, askedAt, dueAt, answer, answeredAt }) => (
        <SummaryList
          key={id}
          rows={[
            { label: t('one.question'), value: question },
            { label: t('one.asked'), value: formatDateTime(askedAt) },
            ...(answeredAt === null
              ? [
                  { label: t('one.answer'), value: t('one.awaited') },
                  { label: t('one.due'), value: <ContextualDate due={dueAt} /> },
                ]
              : [
                  { label: t('one.answer'), value: answer },
                  { label: t('one.answeredAt'), value: formatDateTime(answeredAt) },
                ]),
          ]}
        />
      ))}
    </section>
  );
}
