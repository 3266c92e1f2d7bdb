import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { useKeeper, useStore } from '../session/use-session.ts';

/** Quiet: heard at 60 and at 20 seconds, takes no focus. Any key or touch ends it; the button is for those who look. */
export function IdleNotice() {
  const { t } = useTranslation('shell');
  const left = useStore(useKeeper().idleNotice);
  return (
    <section className="idle-notice" aria-label={t('idle.label')}>
      {/* The region for speech stands there before its words come, or they would not be heard. */}
      <div role="status" className={left === null ? 'unseen' : ''}>
        {left === null ? null : (
          <p>
            <strong>{t(left === 60 ? 'idle.soon' : 'idle.verySoon')}</strong> {t('idle.anyKey')}
          </p>
        )}
        {left === null ? null : <Button look="main">{t('idle.stay')}</Button>}
      </div>
    </section>
  );
}
