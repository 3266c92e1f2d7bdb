import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { hotlines } from '../hotlines.ts';
import { paths } from '../paths.ts';

/** Help and hotlines, in the same place on every screen. */
export function Foot() {
  const { t } = useTranslation('shell');
  return (
    <footer className="foot">
      <div>
        <Link to={paths.help} replace>
          {t('footer.help')}
        </Link>
        <h2>{t('footer.hotlines')}</h2>
        <ul>
          {hotlines.map(({ key, number, shown }) => (
            <li key={key}>
              <a href={`tel:${number}`}>
                {t(`footer.${key}`)}: {shown}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </footer>
  );
}
