import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useRead } from '../../app/use-read.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { ContextualDate } from '../../ui/contextual-date.tsx';
import { formatDateTime } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { SummaryList } from '../../ui/summary-list.tsx';
import { useNameOf } from '../directory/use-directory.ts';
import { AnswerForm } from './answer-form.tsx';
import { explanationsPath, isWaiting, type Explanation, type ExplanationList } from './explanations.ts';

/** What this person is asked, and her answers: one screen for all of it. */
export function Component() {
  const { t } = useTranslation('explain');
  const read = useRead<ExplanationList>(explanationsPath);
  const [hasErrors, setErrors] = useState(false);
  return (
    <Page heading={t('title')} tab="form" hasErrors={hasErrors}>
      <p>{t('why')}</p>
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('none')} />
          ) : (
            <>
              <Group name="waiting" items={items.filter(isWaiting)} onErrors={setErrors} />
              <Group name="answered" items={items.filter((each) => !isWaiting(each))} onErrors={setErrors} />
            </>
          )
        }
      </Loaded>
      <ButtonRow>
        <ButtonLink look="quiet" to={paths.home}>
          {t('back')}
        </ButtonLink>
      </ButtonRow>
    </Page>
  );
}

type GroupProps = {
  name: 'waiting' | 'answered';
  items: readonly Explanation[];
  onErrors: (hasErrors: boolean) => void;
};

function Group({ name, items, onErrors }: GroupProps) {
  const { t } = useTranslation('explain');
  if (items.length === 0) return null;
  return (
    <section aria-label={t(name)}>
      <h2>
        {t(name)} ({items.length})
      </h2>
      {items.map((item) => (
        <div key={item.id}>
          <Facts item={item} />
          {isWaiting(item) ? <AnswerForm explanationId={item.id} onErrors={onErrors} /> : null}
        </div>
      ))}
    </section>
  );
}

function Facts({ item }: { item: Explanation }) {
  const { t } = useTranslation('explain');
  const nameOf = useNameOf();
  const { question, askedBy, askedAt, dueAt, answer, answeredAt } = item;
  return (
    <SummaryList
      rows={[
        { label: t('question'), value: question },
        { label: t('from'), value: nameOf(askedBy) },
        { label: t('asked'), value: formatDateTime(askedAt) },
        ...(answeredAt === null
          ? [{ label: t('due'), value: <ContextualDate due={dueAt} /> }]
          : [
              { label: t('answer'), value: answer },
              { label: t('answeredAt'), value: formatDateTime(answeredAt) },
            ]),
      ]}
    />
  );
}
