import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReferralView } from '../../../server/referrals/referrals.contract.ts';
import { useKeptForm } from '../../app/kept/use-kept-form.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { formatDateTime } from '../../ui/dates.ts';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { SendState } from '../../ui/send-state.tsx';
import { DeedProblem } from './deed-problem.tsx';
import { useDeed } from './use-deed.ts';
import type { Naming } from './with-names.tsx';

export type RecallFormProps = { referral: ReferralView; naming: Naming; onConflict: () => void };

/** Takes a referral back, with a reason and a last look at what that means. */
export function RecallForm({ referral, naming, onConflict }: RecallFormProps) {
  const { t } = useTranslation('referral');
  const { id, partner, openedAt } = referral;
  const [isAsking, setAsking] = useState(false);
  const form = useKeptForm(
    `recall:${id}`,
    { reason: '' },
    { validate: ({ reason }) => (reason === '' ? { reason: t('recall.none') } : {}) },
  );
  const sending = useDeed<{ reason: string }>({
    referralId: id,
    deed: 'recall',
    onConflict,
    onSaved: form.forget,
    onRefused: form.showProblem,
  });
  return (
    <form noValidate aria-label={t('recall.title')} onSubmit={form.submit(() => setAsking(true))}>
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      <DeedProblem problem={sending.problem} hasErrors={form.errors.length > 0} onRetry={sending.retry} />
      <SelectField {...form.field('reason')} label={t('recall.why')} choices={naming.codes.choices('recall_reason')} />
      <SendState phase={sending.phase} onRetry={sending.retry} />
      <Button type="submit" look="grave" isBusy={sending.phase === 'sending'}>
        {t('recall.submit')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        heading={t('recall.heading', { agency: naming.agency(partner) })}
        confirmLabel={t('recall.submit')}
        isGrave
        onConfirm={() => {
          setAsking(false);
          sending.send(form.values);
        }}
        onCancel={() => setAsking(false)}
      >
        <p>{t('recall.consequence')}</p>
        <p>{openedAt === null ? t('recall.notOpened') : t('recall.opened', { at: formatDateTime(openedAt) })}</p>
      </ConfirmDialog>
    </form>
  );
}
