import { useTranslation } from 'react-i18next';
import { ClosedSection } from '../../ui/closed-section.tsx';
import { countAt, HOURS, WEEKDAYS, type HeatRows } from './heat.ts';
import { useWeekdays } from './use-slot-words.ts';

/** The same figures as a table, hours down and weekdays across. */
export function HeatTable({ rows }: { rows: HeatRows }) {
  const { t } = useTranslation('review');
  const days = useWeekdays();
  return (
    <ClosedSection heading={t('heat.table')}>
      <table className="figures">
        <caption>{t('heat.tableCaption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('heat.hour')}</th>
            {WEEKDAYS.map((weekday) => (
              <th scope="col" key={weekday}>
                <abbr title={days.long(weekday)}>{days.short(weekday)}</abbr>
              </th>
            ))}
            <th scope="col">{t('heat.total')}</th>
          </tr>
        </thead>
        <tbody>
          {HOURS.map((hour) => (
            <tr key={hour}>
              <th scope="row">{hour}</th>
              {WEEKDAYS.map((weekday) => (
                <td key={weekday}>{countAt(rows, { weekday, hour })}</td>
              ))}
              <td>{WEEKDAYS.reduce<number>((sum, weekday) => sum + countAt(rows, { weekday, hour }), 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ClosedSection>
  );
}
