import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeatMap as Heat } from '../../../server/audit/overview.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { useRead } from '../../app/use-read.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { useAgencies, useNameOf } from '../directory/use-directory.ts';
import './figure.css';
import type { FourWeeks } from './four-weeks.ts';
import { HeatMap } from './heat-map.tsx';
import { HeatTable } from './heat-table.tsx';
import { countAt, nightCount, peakOf } from './heat.ts';
import { useOpenLog } from './use-open-log.ts';
import { useSlotWords } from './use-slot-words.ts';

/** When people work: a picture with words around it; each cell leads to its lines. */
export function HeatPart({ weeks }: { weeks: FourWeeks }) {
  const { t } = useTranslation('review');
  const [agency, setAgency] = useState('');
  const agencies = useAgencies().data?.data.items ?? [];
  const nameOf = useNameOf();
  const query = new URLSearchParams({ from: weeks.from, to: weeks.to, ...(agency === '' ? {} : { agency }) });
  const read = useRead<Heat>(`/api/audit/heat?${query.toString()}`);
  return (
    <section aria-labelledby="heat-heading">
      <h2 id="heat-heading">{t('heat.title')}</h2>
      <SelectField
        name="heat-agency"
        label={t('heat.agency')}
        value={agency}
        onChange={setAgency}
        error={undefined}
        emptyLabel={t('heat.allAgencies')}
        choices={agencies
          .map((each) => ({ value: each.id, label: nameOf(each) }))
          .toSorted((a, b) => a.label.localeCompare(b.label, 'vi'))}
      />
      <Loaded read={read}>{(heat) => <Picture heat={heat} agency={agency} weeks={weeks} />}</Loaded>
    </section>
  );
}

function Picture({ heat, agency, weeks }: { heat: Heat; agency: string; weeks: FourWeeks }) {
  const { t } = useTranslation('review');
  const openLog = useOpenLog();
  const slotWords = useSlotWords();
  const { rows, total } = heat;
  if (total === 0) return <p>{t('heat.empty')}</p>;
  const peak = peakOf(rows);
  const [day = '', hours = ''] = slotWords(peak).split(', ');
  return (
    <figure className="figure">
      <figcaption>
        <p>{t('heat.caption', { count: total })}</p>
        <p>
          {t('heat.peak', { day, hours, many: countAt(rows, peak) })} {t('heat.night', { count: nightCount(rows) })}
        </p>
        <p>{t('heat.help')}</p>
      </figcaption>
      <HeatMap
        key={agency}
        rows={rows}
        onChoose={({ weekday, hour }) =>
          openLog({
            period: 'exact',
            exact: `${weeks.from}/${weeks.to}`,
            slot: `${String(weekday)}-${String(hour)}`,
            agency,
          })
        }
      />
      <p className="heat-key heat" aria-hidden="true">
        {t('heat.less')}
        {[0, 1, 2, 3, 4].map((level) => (
          <span key={level} className={`heat-button heat-${String(level)}`} />
        ))}
        {t('heat.more')}
      </p>
      <HeatTable rows={rows} />
    </figure>
  );
}
