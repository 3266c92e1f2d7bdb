import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeptForm } from '../../app/kept/use-kept-form.ts';
import { useSend } from '../../app/use-send.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { NotesField } from '../../ui/notes-field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { RadiosField } from '../../ui/radios-field.tsx';
import { useReplaceNavigate } from '../../ui/replace-link.tsx';
import { SendState } from '../../ui/send-state.tsx';
import { paths } from '../../app/paths.ts';
import type { Opening } from './openings.ts';

type Values = { verdict: string; note: string };

export type ReviewFormProps = { openingId: string; onErrors: (hasErrors: boolean) => void };

/** The supervisor's conclusion; it is final, and the person whose access it was sees it. */
export function ReviewForm({ openingId, onErrors }: ReviewFormProps) {
  const { t } = useTranslation('openings');
  const navigate = useReplaceNavigate();
  const slot = `review:${openingId}`;
  const form = useKeptForm<Values>(
    slot,
    { verdict: '', note: '' },
    { validate: ({ verdict }) => (verdict === '' ? { verdict: t('review.none') } : {}) },
  );
  const review = useSend<Values, Opening>({
    name: slot,
    call: (api, { verdict, note }, intention) =>
      api.post(
        `/api/break-glass/${openingId}/review`,
        { verdict, ...(note.trim() === '' ? {} : { note: note.trim() }) },
        { intention },
      ),
    onSaved: () => {
      form.forget();
      navigate(paths.opening(openingId));
    },
    onRefused: form.showProblem,
  });
  const hasErrors = form.errors.length > 0;
  useEffect(() => onErrors(hasErrors), [onErrors, hasErrors]);
  return (
    <section aria-label={t('review.title')}>
      <h2>{t('review.title')}</h2>
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      {review.problem && !hasErrors ? <ProblemNotice problem={review.problem} onRetry={review.retry} /> : null}
      <form noValidate onSubmit={form.submit(review.send)}>
        <RadiosField
          {...form.field('verdict')}
          label={t('review.question')}
          choices={[
            { value: 'justified', label: t('review.justified'), hint: t('review.justifiedHint') },
            { value: 'not_justified', label: t('review.notJustified'), hint: t('review.notJustifiedHint') },
          ]}
        />
        <NotesField {...form.field('note')} label={t('review.note')} isOptional />
        <SendState phase={review.phase} onRetry={review.retry} />
        <ButtonRow>
          <Button type="submit" look="main" isBusy={review.phase === 'sending'}>
            {t('review.submit')}
          </Button>
        </ButtonRow>
      </form>
    </section>
  );
}
