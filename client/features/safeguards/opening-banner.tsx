import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../ui/dates.ts';
import { Notice } from '../../ui/notice.tsx';
import { useNow } from '../../ui/use-now.ts';
import { minutesLeft, type Opening } from './openings.ts';

/** Over a case that is open in an emergency: how long still, and that it closes by itself. Nothing once it is over. */
export function OpeningBanner({ opening }: { opening: Opening | undefined }) {
  const { t } = useTranslation('safeguards');
  const nowMs = useNow();
  const count = opening === undefined ? 0 : minutesLeft(opening.endsAt, nowMs);
  if (opening === undefined || count === 0) return null;
  return (
    <Notice icon="clock" title={t('banner.left', { count })}>
      <p>{t('banner.what', { at: formatDateTime(opening.endsAt) })}</p>
    </Notice>
  );
}
