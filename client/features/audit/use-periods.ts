import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../ui/dates.ts';
import type { Choice } from '../../ui/field-id.ts';
import { recentMonths } from './periods.ts';

/** The periods that a search offers; `exact` (two instants with a slash between) is one of them where it is given. */
export function usePeriods(exact = ''): Choice[] {
  const { t } = useTranslation('audit');
  const months = recentMonths(Date.now()).map((value) => {
    const [year = '', month = ''] = value.split('-');
    return { value, label: t('period.whole', { month: String(Number(month)), year }) };
  });
  const [from = '', to = ''] = exact.split('/');
  const between = { from: from === '' ? '' : formatDateTime(from), to: to === '' ? '' : formatDateTime(to) };
  return [
    ...(exact === '' ? [] : [{ value: 'exact', label: t('period.exact', between) }]),
    { value: 'day', label: t('period.day') },
    { value: 'week', label: t('period.week') },
    { value: 'month', label: t('period.month') },
    ...months,
    { value: 'custom', label: t('period.custom') },
  ];
}
