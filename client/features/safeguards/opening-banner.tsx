import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../ui/dates.ts';
import { Notice } from '../../ui/notice.tsx';
import { useNow } from '../../ui/use-now.ts';
import { EndOpening } from './end-opening.tsx';
import { minutesLeft, type Opening } from './openings.ts';

const fewMinutes = 5;

/** Over a case that is open in an emergency: how long still, and that it closes by itself. Nothing once it is over. */
export function OpeningBanner({ opening }: { opening: Opening | undefined }) {
  const { t } = useTranslation('safeguards');
  const nowMs = useNow();
  const count = opening === undefined ? 0 : minutesLeft(opening.endsAt, nowMs);
  if (opening === undefined || count === 0) return null;
  return (
    <Notice icon={count > fewMinutes ? 'clock' : 'warning'} title={t('banner.left', { count })}>
      <p>{t('banner.what', { at: formatDateTime(opening.endsAt) })}</p>
      {/* Said once, when it begins to be true: a countdown that speaks every minute is noise. */}
      <div role="status">{count > fewMinutes ? null : <p>{t('banner.soon')}</p>}</div>
      <EndOpening opening={opening} />
    </Notice>
  );
}
