import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingView } from '../../../server/audit/findings.contract.ts';
import { useKeptForm } from '../../app/kept/use-kept-form.ts';
import { useSend } from '../../app/use-send.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { NotesField } from '../../ui/notes-field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SendState } from '../../ui/send-state.tsx';

type Values = { question: string };

export type AskFormProps = { findingId: string; isAgain: boolean; onErrors: (hasErrors: boolean) => void };

/** A question to the person whom the finding is about. */
export function AskForm({ findingId, isAgain, onErrors }: AskFormProps) {
  const { t } = useTranslation('review');
  const slot = `ask:${findingId}`;
  const form = useKeptForm<Values>(
    slot,
    { question: '' },
    { validate: ({ question }) => (question.trim() === '' ? { question: t('fresh.noQuestion') } : {}) },
  );
  const asking = useSend<Values, FindingView>({
    name: slot,
    call: (api, { question }, intention) =>
      api.post(`/api/audit/findings/${findingId}/explanation-request`, { question: question.trim() }, { intention }),
    onSaved: form.forget,
    onRefused: form.showProblem,
  });
  const hasErrors = form.errors.length > 0;
  useEffect(() => onErrors(hasErrors), [onErrors, hasErrors]);
  return (
    <section aria-labelledby="ask-heading">
      <h2 id="ask-heading">{t(isAgain ? 'one.askAgain' : 'one.ask')}</h2>
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      {asking.problem && !hasErrors ? <ProblemNotice problem={asking.problem} onRetry={asking.retry} /> : null}
      <form noValidate aria-labelledby="ask-heading" onSubmit={form.submit(asking.send)}>
        <NotesField {...form.field('question')} label={t('fresh.question')} maxLength={1000} />
        <SendState phase={asking.phase} onRetry={asking.retry} />
        <ButtonRow>
          <Button type="submit" look="plain" isBusy={asking.phase === 'sending'}>
            {t('one.send')}
          </Button>
        </ButtonRow>
      </form>
    </section>
  );
}
