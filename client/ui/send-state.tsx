import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { Icon } from './icons.tsx';
import './notices.css';

/** `not-sent`: nobody knows whether it arrived; trying again is safe. `refused`: the server said no, and did nothing. */
export type SendPhase = 'idle' | 'sending' | 'saved' | 'not-sent' | 'refused';

export type SendStateProps = { phase: SendPhase; onRetry: () => void };

/** The state of a sending in words; "not sent" stays until it is sent. A refusal is told by `ProblemNotice`. */
export function SendState({ phase, onRetry }: SendStateProps) {
  const { t } = useTranslation('ui');
  return (
    <div className="send-state">
      <div role="status">
        {phase === 'sending' ? (
          <p>
            <Icon name="sent" /> {t('send.sending')}
          </p>
        ) : null}
        {phase === 'saved' ? (
          <p>
            <Icon name="check" /> {t('send.saved')}
          </p>
        ) : null}
        {phase === 'not-sent' ? (
          <p className="send-state-late">
            <Icon name="warning" /> {t('send.notSent')}
          </p>
        ) : null}
      </div>
      {phase === 'not-sent' ? <Button onClick={onRetry}>{t('send.again')}</Button> : null}
    </div>
  );
}
