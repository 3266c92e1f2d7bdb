import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeptForm } from '../../app/kept/use-kept-form.ts';
import { useSend } from '../../app/use-send.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { NotesField } from '../../ui/notes-field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SendState } from '../../ui/send-state.tsx';
import type { Explanation } from './explanations.ts';

export type AnswerFormProps = { explanationId: string; onErrors: (hasErrors: boolean) => void };

/** The answer, in the person's own words, sent once. */
export function AnswerForm({ explanationId, onErrors }: AnswerFormProps) {
  const { t } = useTranslation('explain');
  // Several questions may wait on one screen: each field has a name of its own.
  const name = `answer-${explanationId}`;
  const form = useKeptForm<Record<string, string>>(
    `answer:${explanationId}`,
    { [name]: '' },
    { validate: (values) => ((values[name] ?? '').trim() === '' ? { [name]: t('noAnswer') } : {}) },
  );
  const sending = useSend<Record<string, string>, Explanation>({
    name: `answer:${explanationId}`,
    call: (api, values, intention) =>
      api.post(`/api/explanations/${explanationId}/answer`, { answer: (values[name] ?? '').trim() }, { intention }),
    onSaved: form.forget,
    onRefused: form.showProblem,
  });
  const hasErrors = form.errors.length > 0;
  useEffect(() => onErrors(hasErrors), [onErrors, hasErrors]);
  return (
    <>
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      {sending.problem && !hasErrors ? <ProblemNotice problem={sending.problem} onRetry={sending.retry} /> : null}
      <form noValidate aria-label={t('answer')} onSubmit={form.submit(sending.send)}>
        <NotesField {...form.field(name)} label={t('answer')} maxLength={2000} />
        <p>{t('once')}</p>
        <SendState phase={sending.phase} onRetry={sending.retry} />
        <ButtonRow>
          <Button type="submit" look="main" isBusy={sending.phase === 'sending'}>
            {t('submit')}
          </Button>
        </ButtonRow>
      </form>
    </>
  );
}
