import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './timeline-list.css';
import { formatDateTime, type When } from './dates.ts';

export type TimelineItem = {
  id: string;
  at: When;
  what: ReactNode;
  who: string;
  /** The mark's shape: round for us, square for a partner, hollow for somebody who only read. */
  lane?: 'us' | 'partner' | 'read';
  details?: ReactNode;
};

/** What happened, who did it and when, in the order given (the newest on top). */
export function TimelineList({ items }: { items: readonly TimelineItem[] }) {
  const { t } = useTranslation('ui');
  return (
    <ol className="timeline">
      {items.map(({ id, at, what, who, lane = 'us', details }) => (
        <li className={`timeline-item timeline-item-${lane}`} key={id}>
          <p className="timeline-what">{what}</p>
          <p className="timeline-when">
            <time dateTime={new Date(at).toISOString()}>{formatDateTime(at)}</time> · {t('by', { who })}
          </p>
          {details}
        </li>
      ))}
    </ol>
  );
}
