import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useDestinations } from './destinations-context.ts';

export function Sections() {
  const { t } = useTranslation('shell');
  const destinations = useDestinations();
  if (destinations.length === 0) return null;
  return (
    <nav className="sections" aria-label={t('navigation')}>
      <ul>
        {destinations.map(({ key, to }) => (
          <li key={key}>
            <NavLink to={to} replace>
              {t(`nav.${key}`)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
