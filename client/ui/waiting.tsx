import { useTranslation } from 'react-i18next';
import './notices.css';

/** Nothing turns or blinks: a word is enough, also with motion off. */
export function Waiting() {
  const { t } = useTranslation('ui');
  return (
    <p className="waiting" role="status">
      {t('loading')}
    </p>
  );
}
