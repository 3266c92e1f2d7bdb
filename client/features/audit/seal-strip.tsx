import { useTranslation } from 'react-i18next';
import type { Seal } from '../../../server/audit/audit.contract.ts';
import { ClosedSection } from '../../ui/closed-section.tsx';
import { formatDate, formatDateTime } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';
import { stateOfDay } from './seal.ts';
import './seal.css';

type Days = { days: Seal['days'] };

/** A block for each day, told apart by shape as well as colour; a break is a gap with a mark. */
export function SealStrip({ days }: Days) {
  const { t } = useTranslation('seal');
  return (
    <ol className="seal-strip">
      {days.map((day) => {
        const state = stateOfDay(day);
        const words = `${formatDate(day.day)}: ${t(`day.${state}`)}`;
        return (
          <li key={day.day} className={`seal-day seal-${state}`} title={words}>
            {state === 'broken' ? <Icon name="warning" /> : null}
            <span className="unseen">{words}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** The same days in figures. */
export function SealTable({ days }: Days) {
  const { t } = useTranslation('seal');
  return (
    <ClosedSection heading={t('table')}>
      <table className="figures">
        <caption>{t('tableCaption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('columns.day')}</th>
            <th scope="col">{t('columns.sealed')}</th>
            <th scope="col" className="figures-words">
              {t('columns.state')}
            </th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => (
            <tr key={day.day}>
              <th scope="row">{formatDate(day.day)}</th>
              <td>
                {day.sealed} / {day.events}
              </td>
              <td className="figures-words">
                {day.broken > 0 ? t('brokenLines', { count: day.broken }) : t(`day.${stateOfDay(day)}`)}
                {day.checkedAt === null ? null : (
                  <span className="seal-checked">{t('checkedAt', { at: formatDateTime(day.checkedAt) })}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ClosedSection>
  );
}
