import { useTranslation } from 'react-i18next';
import { useKeptForm } from '../../app/kept/use-kept-form.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { NotesField } from '../../ui/notes-field.tsx';
import { RadiosField } from '../../ui/radios-field.tsx';
import { SendState } from '../../ui/send-state.tsx';
import { DeedProblem } from './deed-problem.tsx';
import { useDeed } from './use-deed.ts';
import type { Naming } from './with-names.tsx';

export type DeclineFormProps = { referralId: string; naming: Naming; onConflict: () => void };

/** Says no with a reason from the list; a note only for whoever wants one. */
export function DeclineForm({ referralId, naming, onConflict }: DeclineFormProps) {
  const { t } = useTranslation('referral');
  const form = useKeptForm(
    `decline:${referralId}`,
    { reason: '', note: '' },
    { validate: ({ reason }) => (reason === '' ? { reason: t('decline.none') } : {}) },
  );
  const sending = useDeed<{ reason: string; note?: string }>({
    referralId,
    deed: 'decline',
    onConflict,
    onSaved: form.forget,
    onRefused: form.showProblem,
  });
  const isBusy = sending.phase === 'sending';
  return (
    <form
      noValidate
      aria-label={t('decline.title')}
      onSubmit={form.submit(({ reason, note }) => sending.send({ reason, ...noteOf(note) }))}
    >
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      <DeedProblem problem={sending.problem} hasErrors={form.errors.length > 0} onRetry={sending.retry} />
      <RadiosField
        {...form.field('reason')}
        label={t('decline.why')}
        choices={naming.codes.choices('decline_reason')}
      />
      {form.values.reason === '' ? null : <NotesField {...form.field('note')} label={t('decline.note')} isOptional />}
      <SendState phase={sending.phase} onRetry={sending.retry} />
      <Button type="submit" isBusy={isBusy}>
        {t(isBusy ? 'decline.busy' : 'decline.submit')}
      </Button>
    </form>
  );
}

export function noteOf(note: string): { note?: string } {
  const words = note.trim();
  return words === '' ? {} : { note: words };
}
