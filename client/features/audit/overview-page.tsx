import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../ui/dates.ts';
import { Page } from '../../ui/page.tsx';
import { ExplanationsLine } from '../explain/explanations-line.tsx';
import './audit.css';
import './overview.css';
import { fourWeeks } from './four-weeks.ts';
import { HeatPart } from './heat-part.tsx';
import { OutliersPart } from './outliers-part.tsx';
import { QuickQuestion } from './quick-question.tsx';
import { SealPart } from './seal-part.tsx';

/** Where an auditor's day begins: can I trust this log, what is unusual, who works when, who read this case? */
export function Component() {
  const { t } = useTranslation('review');
  // One clock for the whole screen, or its parts would count over different weeks.
  const [weeks] = useState(() => fourWeeks(Date.now()));
  return (
    <Page heading={t('overview.title')} tab="report" isWide>
      <ExplanationsLine />
      <SealPart />
      <QuickQuestion />
      <p className="overview-period">
        {t('overview.period', { from: formatDate(weeks.first), to: formatDate(weeks.last) })} {t('overview.recorded')}
      </p>
      <OutliersPart weeks={weeks} />
      <HeatPart weeks={weeks} />
    </Page>
  );
}
