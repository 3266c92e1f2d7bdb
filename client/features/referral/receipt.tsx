import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useDeed } from './use-deed.ts';

export type ReceiptProps = { referralId: string; isOffered: boolean; onConflict: () => void };

/** Tells the sender that the referral has arrived, once, as soon as the desk has it on the screen. */
export function Receipt({ referralId, isOffered, onConflict }: ReceiptProps) {
  const { t } = useTranslation('referral');
  const { t: say } = useTranslation('ui');
  const isSent = useRef(false);
  const receipt = useDeed<Record<string, never>>({ referralId, deed: 'receipt', onConflict, isQuiet: true });
  const { send, phase, retry } = receipt;
  useEffect(() => {
    if (!isOffered || isSent.current) return;
    isSent.current = true;
    send({});
  }, [isOffered, send]);
  if (phase === 'idle' || phase === 'sending') return null;
  if (phase === 'saved')
    return (
      <p role="status" className="referral-receipt">
        <Icon name="check" /> {t('receipt.done')}
      </p>
    );
  return (
    <p role="status" className="referral-receipt">
      <Icon name="warning" /> {t('receipt.failed')} <Button onClick={retry}>{say('send.again')}</Button>
    </p>
  );
}
