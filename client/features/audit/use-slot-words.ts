import { useTranslation } from 'react-i18next';
import type { Cell } from './heat.ts';

type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** "Thứ Hai, 9–10 giờ". */
export function useSlotWords(): (cell: Cell) => string {
  const { t } = useTranslation('review');
  return ({ weekday, hour }) =>
    t('slot', { day: t(`weekday.d${weekday as Weekday}`), hours: t('hours', { from: hour, to: hour + 1 }) });
}

export function useWeekdays(): { long: (weekday: number) => string; short: (weekday: number) => string } {
  const { t } = useTranslation('review');
  return {
    long: (weekday) => t(`weekday.d${weekday as Weekday}`),
    short: (weekday) => t(`weekdayShort.d${weekday as Weekday}`),
  };
}
