import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { WithdrawalAnswer } from '../../../server/consent/consent.contract.ts';
import { Notice } from '../../ui/notice.tsx';
import { useNameOf } from '../directory/use-directory.ts';

/** What the withdrawal did, as the server carried it out. */
export function WithdrawnNotice({ answer }: { answer: WithdrawalAnswer }) {
  const { t } = useTranslation('consent');
  const nameOf = useNameOf();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), [answer]);
  const { closedReferrals, keptReferrals } = answer;
  const names = (found: WithdrawalAnswer['closedReferrals']): string =>
    found.map(({ recipientAgency }) => nameOf(recipientAgency)).join('; ');
  return (
    <div ref={ref} tabIndex={-1} role="status">
      <Notice icon="check" title={t('withdraw.done')}>
        <p>
          {closedReferrals.length === 0
            ? t('withdraw.closedNone')
            : t('withdraw.closed', { count: closedReferrals.length, agencies: names(closedReferrals) })}
        </p>
        {keptReferrals.length === 0 ? null : (
          <p>{t('withdraw.kept', { count: keptReferrals.length, agencies: names(keptReferrals) })}</p>
        )}
      </Notice>
    </div>
  );
}
