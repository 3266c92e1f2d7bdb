import { useTranslation } from 'react-i18next';
import { hotlines } from '../../app/hotlines.ts';
import './register.css';

/** Danger now: the numbers come before the form. Heard at once by a screen reader. */
export function EmergencyNumbers() {
  const { t } = useTranslation('register');
  return (
    <div className="emergency" role="alert">
      <p>{t('safety.callNow')}</p>
      <ul>
        {hotlines.map(({ key, number, shown }) => (
          <li key={key}>
            <a href={`tel:${number}`}>{t(`safety.numbers.${key}`, { number: shown })}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
