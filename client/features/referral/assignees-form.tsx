import { useTranslation } from 'react-i18next';
import { useKeptForm } from '../../app/kept/use-kept-form.ts';
import { useMe } from '../../app/session/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { CheckboxesField } from '../../ui/checkboxes-field.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import type { Choice } from '../../ui/field-id.ts';
import { SendState } from '../../ui/send-state.tsx';
import { Colleagues } from './colleagues.tsx';
import { DeedProblem } from './deed-problem.tsx';
import { useDeed } from './use-deed.ts';

export type AssigneesFormProps = {
  referralId: string;
  /** `acceptance` answers the sender; `assignment` only changes who serves. */
  deed: 'acceptance' | 'assignment';
  /** Who is chosen to begin with; the person at the keyboard where nobody is. */
  assigneeIds: readonly string[];
  onConflict: () => void;
};

/** Takes the referral in and names who serves; one tap where that is oneself. */
export function AssigneesForm(props: AssigneesFormProps) {
  return <Colleagues>{(choices) => <Form key={props.deed} {...props} choices={choices} />}</Colleagues>;
}

type Values = { assigneeIds: readonly string[] };

function Form({ referralId, deed, assigneeIds, onConflict, choices }: AssigneesFormProps & { choices: Choice[] }) {
  const { t } = useTranslation('referral');
  const { staff } = useMe();
  const room = deed === 'acceptance' ? 'accept' : 'assign';
  const wanted = assigneeIds.length > 0 ? assigneeIds : [staff.id];
  const initial = wanted.filter((id) => choices.some(({ value }) => value === id));
  const form = useKeptForm<Values>(
    `${deed}:${referralId}`,
    { assigneeIds: initial },
    { validate: (values) => (values.assigneeIds.length === 0 ? { assigneeIds: t('accept.nobody') } : {}) },
  );
  const sending = useDeed<Values>({
    referralId,
    deed,
    onConflict,
    onSaved: form.forget,
    onRefused: form.showProblem,
  });
  const isBusy = sending.phase === 'sending';
  return (
    <form noValidate onSubmit={form.submit(sending.send)} aria-label={t(`${room}.title`)}>
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      <DeedProblem problem={sending.problem} hasErrors={form.errors.length > 0} onRetry={sending.retry} />
      <CheckboxesField
        {...form.field('assigneeIds')}
        label={t('accept.who')}
        hint={t(deed === 'acceptance' ? 'accept.whoHint' : 'assign.hint')}
        choices={choices}
      />
      <SendState phase={sending.phase} onRetry={sending.retry} />
      <Button type="submit" look={deed === 'acceptance' ? 'main' : 'plain'} isBusy={isBusy}>
        {t(`${room}.${isBusy ? 'busy' : 'submit'}`)}
      </Button>
    </form>
  );
}
