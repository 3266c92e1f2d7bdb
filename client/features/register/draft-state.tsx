import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { formatDateTime } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';
import './register.css';
import type { DraftSaver } from './use-draft-saver.ts';

/** Whether what was typed is safe on the server, in words. */
export function DraftState({ saver }: { saver: DraftSaver }) {
  const { t } = useTranslation('register');
  const time = saver.savedAtMs === undefined ? '' : formatDateTime(saver.savedAtMs).slice(-5);
  return (
    <div className="draft-state">
      <p role="status">
        {saver.phase === 'saving' ? t('draft.saving') : null}
        {saver.phase === 'saved' ? t('draft.saved', { time }) : null}
        {saver.phase === 'unsaved' ? t('draft.unsaved') : null}
        {saver.phase === 'not-saved' ? (
          <strong>
            <Icon name="warning" /> {t('draft.notSaved')}
          </strong>
        ) : null}
      </p>
      {saver.phase === 'not-saved' ? <Button onClick={saver.retry}>{t('draft.again')}</Button> : null}
    </div>
  );
}
