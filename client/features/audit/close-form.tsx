import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingLine, FindingView } from '../../../server/audit/findings.contract.ts';
import { useKeptForm } from '../../app/kept/use-kept-form.ts';
import { useSend } from '../../app/use-send.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { RadiosField } from '../../ui/radios-field.tsx';
import { SendState } from '../../ui/send-state.tsx';
import type { Codes } from '../directory/codes.ts';

type Values = { outcome: string };

export type CloseFormProps = {
  findingId: string;
  state: FindingLine['state'];
  codes: Codes;
  onErrors: (hasErrors: boolean) => void;
};

/** The end of a finding; it is final. */
export function CloseForm({ findingId, state, codes, onErrors }: CloseFormProps) {
  const { t } = useTranslation('review');
  const slot = `close:${findingId}`;
  const form = useKeptForm<Values>(
    slot,
    { outcome: '' },
    { validate: ({ outcome }) => (outcome === '' ? { outcome: t('one.noOutcome') } : {}) },
  );
  const closing = useSend<Values, FindingView>({
    name: slot,
    call: (api, { outcome }, intention) =>
      api.post(`/api/audit/findings/${findingId}/closure`, { outcome }, { intention }),
    onSaved: form.forget,
    onRefused: form.showProblem,
  });
  const hasErrors = form.errors.length > 0;
  useEffect(() => onErrors(hasErrors), [onErrors, hasErrors]);
  return (
    <section aria-labelledby="close-heading">
      <h2 id="close-heading">{t('one.conclude')}</h2>
      {state === 'asked' ? <p>{t('one.concludeWarn')}</p> : null}
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      {closing.problem && !hasErrors ? <ProblemNotice problem={closing.problem} onRetry={closing.retry} /> : null}
      <form noValidate aria-labelledby="close-heading" onSubmit={form.submit(closing.send)}>
        <RadiosField
          {...form.field('outcome')}
          label={t('one.concludeWhich')}
          choices={codes.choices('finding_outcome')}
        />
        <SendState phase={closing.phase} onRetry={closing.retry} />
        <ButtonRow>
          <Button type="submit" look="main" isBusy={closing.phase === 'sending'}>
            {t('one.close')}
          </Button>
        </ButtonRow>
      </form>
    </section>
  );
}
