import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';
import type { Codes } from '../directory/codes.ts';
import { useNow } from '../../ui/use-now.ts';
import { timeLeft, type TimeLeft } from './words-of-time.ts';
import type { CaseHead } from './opened-case.ts';

/** Until when care after sexual violence still works; those that are over are said to be over. */
export function ClinicalWindows({ view, codes }: { view: CaseHead; codes: Codes }) {
  const { t } = useTranslation('caseFile');
  const nowMs = useNow();
  const left = useTimeLeftWords();
  if (view.clinicalWindows.length === 0) return null;
  return (
    <section className="clinical" aria-label={t('clinical.title')}>
      <h2>{t('clinical.title')}</h2>
      <ul>
        {view.clinicalWindows.map(({ code, endsAt }) => {
          const time = timeLeft(endsAt, nowMs);
          const isVerified = codes.find('clinical_window', code)?.verified !== false;
          return (
            <li key={`${code} ${endsAt}`} className={time.kind === 'over' ? 'clinical-over' : undefined}>
              <Icon name={time.kind === 'over' ? 'cross' : 'clock'} />
              <span>
                <strong>{left(time)}</strong> · {codes.name('clinical_window', code)}{' '}
                {time.kind === 'over' ? null : t('clinical.until', { at: formatDateTime(endsAt) })}
                {isVerified ? null : ` ${t('clinical.unverified')}`}
              </span>
            </li>
          );
        })}
      </ul>
      <p>{t('clinical.counted')}</p>
    </section>
  );
}

function useTimeLeftWords(): (time: TimeLeft) => string {
  const { t } = useTranslation('caseFile');
  return (time) => (time.kind === 'over' ? t('clinical.over') : t(`clinical.${time.kind}`, { count: time.count }));
}
