import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icons.tsx';
import './refer.css';

export type Desk = { phone: string; hours: string } | null;

/** The number of an office, which may be called by anybody; never one of a person in a case. */
export function OfficePhone({ desk }: { desk: Desk }) {
  const { t } = useTranslation('refer');
  if (desk === null) return <p>{t('agency.noDesk')}</p>;
  return (
    <>
      <p>{t('agency.desk', { hours: desk.hours })}</p>
      <a className="office-phone" href={`tel:${desk.phone.replaceAll(/[^\d+]/g, '')}`}>
        <Icon name="phone" />
        <span>
          {t('agency.phone')}: {desk.phone}
        </span>
      </a>
    </>
  );
}
