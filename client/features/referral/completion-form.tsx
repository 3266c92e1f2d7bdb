import { useTranslation } from 'react-i18next';
import { Loaded } from '../../app/loaded.tsx';
import { useKeptForm } from '../../app/kept/use-kept-form.ts';
import { Button } from '../../ui/button.tsx';
import { CheckboxesField } from '../../ui/checkboxes-field.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import type { Choice } from '../../ui/field-id.ts';
import { NotesField } from '../../ui/notes-field.tsx';
import { RadiosField } from '../../ui/radios-field.tsx';
import { SendState } from '../../ui/send-state.tsx';
import { useServices } from '../directory/use-directory.ts';
import { DeedProblem } from './deed-problem.tsx';
import { noteOf } from './decline-form.tsx';
import { wasServed } from './outcomes.ts';
import { useDeed } from './use-deed.ts';
import type { Naming } from './with-names.tsx';

export type CompletionFormProps = {
  referralId: string;
  /** The service that was asked for: chosen to begin with. */
  service: string;
  naming: Naming;
  onConflict: () => void;
};

/** Closes the loop: how it ended and what was given. */
export function CompletionForm(props: CompletionFormProps) {
  const services = useServices();
  const { service, naming } = props;
  return (
    <Loaded read={services}>
      {({ items }) => {
        const sector = items.find(({ code }) => code === service)?.sector;
        const own = items.filter((each) => each.sector === sector);
        const choices = own.map((each) => ({ value: each.code, label: naming.agency(each) }));
        return <Form {...props} choices={choices} />;
      }}
    </Loaded>
  );
}

type Values = { outcome: string; services: readonly string[]; note: string };
type Body = { outcome: string; services: readonly string[]; note?: string };

function Form({ referralId, service, naming, onConflict, choices }: CompletionFormProps & { choices: Choice[] }) {
  const { t } = useTranslation('referral');
  const form = useKeptForm<Values>(
    `completion:${referralId}`,
    { outcome: '', services: [service], note: '' },
    { validate: ({ outcome }) => (outcome === '' ? { outcome: t('complete.noOutcome') } : {}) },
  );
  const sending = useDeed<Body>({
    referralId,
    deed: 'completion',
    onConflict,
    onSaved: form.forget,
    onRefused: form.showProblem,
  });
  const isBusy = sending.phase === 'sending';
  const isServed = wasServed(form.values.outcome);
  return (
    <form
      noValidate
      aria-label={t('complete.title')}
      onSubmit={form.submit(({ outcome, services, note }) =>
        sending.send({ outcome, services: isServed ? services : [], ...noteOf(note) }),
      )}
    >
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      <DeedProblem problem={sending.problem} hasErrors={form.errors.length > 0} onRetry={sending.retry} />
      <RadiosField
        {...form.field('outcome')}
        label={t('complete.outcome')}
        choices={naming.codes.choices('referral_outcome')}
      />
      {isServed ? (
        <CheckboxesField {...form.field('services')} label={t('complete.services')} choices={choices} />
      ) : null}
      {form.values.outcome === '' ? null : <NotesField {...form.field('note')} label={t('complete.note')} isOptional />}
      <SendState phase={sending.phase} onRetry={sending.retry} />
      <Button type="submit" look="main" isBusy={isBusy}>
        {t(isBusy ? 'complete.busy' : 'complete.submit')}
      </Button>
    </form>
  );
}
