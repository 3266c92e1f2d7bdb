import { useTranslation } from 'react-i18next';
import { useState } from 'react';
import type { ConsentView, WithdrawalAnswer } from '../../../server/consent/consent.contract.ts';
import type { ReferralLine } from '../../../server/referrals/referrals.contract.ts';
import { useRead } from '../../app/use-read.ts';
import { useSend } from '../../app/use-send.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { RadiosField } from '../../ui/radios-field.tsx';
import type { Codes } from '../directory/codes.ts';
import { useNameOf } from '../directory/use-directory.ts';
import { touchedBy } from './touched.ts';

export type WithdrawDialogProps = {
  consent: ConsentView;
  codes: Codes;
  onDone: (answer: WithdrawalAnswer) => void;
  onCancel: () => void;
};

/** Says which referrals close and which stay before it is done. A reason is never required. */
export function WithdrawDialog({ consent, codes, onDone, onCancel }: WithdrawDialogProps) {
  const { t } = useTranslation('consent');
  const nameOf = useNameOf();
  const [reason, setReason] = useState('NOT_STATED');
  const lines = useRead<{ items: ReferralLine[] }>(`/api/referrals?box=outbox&case=${consent.caseId}&limit=100`);
  const withdrawal = useSend<string, WithdrawalAnswer>({
    name: `withdraw:${consent.id}`,
    call: (api, code, intention) => api.post(`/api/consents/${consent.id}/withdrawal`, { reason: code }, { intention }),
    onSaved: ({ data }) => onDone(data),
  });
  const agency = nameOf(consent.recipientAgency);
  return (
    <ConfirmDialog
      isOpen
      heading={t('withdraw.title', { agency })}
      confirmLabel={t('withdraw.confirm')}
      isGrave
      isBusy={withdrawal.phase === 'sending'}
      onConfirm={() => withdrawal.send(reason)}
      onCancel={onCancel}
    >
      {withdrawal.problem ? <ProblemNotice problem={withdrawal.problem} onRetry={withdrawal.retry} /> : null}
      <p>{t('withdraw.what', { agency })}</p>
      <Consequences consent={consent} lines={lines.data?.data.items} />
      <RadiosField
        name="reason"
        label={t('withdraw.reason')}
        value={reason}
        onChange={setReason}
        error={undefined}
        choices={codes.choices('withdrawal_reason')}
      />
    </ConfirmDialog>
  );
}

type ConsequencesProps = { consent: ConsentView; lines: readonly ReferralLine[] | undefined };

function Consequences({ consent, lines }: ConsequencesProps) {
  const { t } = useTranslation('consent');
  const nameOf = useNameOf();
  // Withdrawing must not wait for a list: without it the sentence above still holds.
  if (!lines) return null;
  const { closing, staying } = touchedBy(consent, lines);
  const names = (found: readonly ReferralLine[]): string => found.map(({ partner }) => nameOf(partner)).join('; ');
  return (
    <ul>
      <li>
        {closing.length === 0
          ? t('withdraw.closesNone')
          : t('withdraw.closes', { count: closing.length, agencies: names(closing) })}
      </li>
      {staying.length === 0 ? null : (
        <li>{t('withdraw.stays', { count: staying.length, agencies: names(staying) })}</li>
      )}
    </ul>
  );
}
