import { useTranslation } from 'react-i18next';
import type { Outlier } from '../../../server/audit/overview.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { useRead } from '../../app/use-read.ts';
import { Button } from '../../ui/button.tsx';
import { formatDateTime } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import type { FourWeeks } from './four-weeks.ts';
import { useFindAbout } from './selection.ts';
import { useOpenLog } from './use-open-log.ts';

type OutlierList = { items: Outlier[] };

/** What the rules found, a sentence each; one tap leads to the lines. */
export function OutliersPart({ weeks }: { weeks: FourWeeks }) {
  const { t } = useTranslation('review');
  const query = new URLSearchParams({ from: weeks.from, to: weeks.to });
  const read = useRead<OutlierList>(`/api/audit/outliers?${query.toString()}`);
  return (
    <section aria-labelledby="outliers-heading">
      <h2 id="outliers-heading">{t('outliers.title')}</h2>
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('outliers.none')}>
              <p>{t('outliers.noneWhy')}</p>
            </EmptyState>
          ) : (
            <>
              <p>{t('outliers.notProof')}</p>
              <ul className="outliers">
                {items.map((item) => (
                  <OutlierItem key={`${item.rule.code} ${item.actor.id}`} outlier={item} />
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
    </section>
  );
}

const TONES = { high: 'danger', medium: 'warning', low: 'neutral' } as const;

function OutlierItem({ outlier }: { outlier: Outlier }) {
  const { t, i18n } = useTranslation('review');
  const openLog = useOpenLog();
  const findAbout = useFindAbout();
  const { severity, sentenceVi, sentenceEn, from, to, filter, actor, rule, eventIds } = outlier;
  const sentence = i18n.language === 'en' ? sentenceEn : sentenceVi;
  return (
    <li className="outlier">
      <p className="outlier-sentence">{sentence}.</p>
      <p className="outlier-when">
        <StatusTag tone={TONES[severity]}>{t(`outliers.severity.${severity}`)}</StatusTag>{' '}
        {t('outliers.when', { from: formatDateTime(from), to: formatDateTime(to) })}
      </p>
      <div className="line-ways">
        <Button
          onClick={() =>
            openLog({
              actor: filter.actor,
              outcome: filter.outcome ?? '',
              case: filter.case ?? '',
              period: 'exact',
              exact: `${filter.from}/${filter.to}`,
            })
          }
        >
          {t('outliers.see')}
          <span className="unseen">: {sentence}</span>
        </Button>
        <Button
          look="quiet"
          onClick={() => findAbout({ actor, events: eventIds.map((id) => ({ id })), rule, isAsking: false })}
        >
          {t('outliers.find')}
          <span className="unseen">: {sentence}</span>
        </Button>
      </div>
    </li>
  );
}
