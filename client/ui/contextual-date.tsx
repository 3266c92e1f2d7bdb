import { useTranslation } from 'react-i18next';
import './status-tag.css';
import { formatDate, formatDateTime, type When } from './dates.ts';
import { dueFrom, isOverdue, type Due } from './due.ts';
import { Icon } from './icons.tsx';

export type ContextualDateProps = {
  due: When;
  /** ms since 1970; now, unless a test or a list with one clock says otherwise. */
  nowMs?: number;
};

/** "quá hạn 2 ngày · 27/03/2026": in words, with the date beside. */
export function ContextualDate({ due, nowMs = Date.now() }: ContextualDateProps) {
  const relation = dueFrom(due, nowMs);
  const words = useDueWords(relation);
  const isBareDay = typeof due === 'string' && due.length === 10;
  return (
    <span className={isOverdue(relation) ? 'contextual-date contextual-date-late' : 'contextual-date'}>
      <Icon name={isOverdue(relation) ? 'warning' : 'clock'} />
      <strong>{words}</strong>
      <span aria-hidden="true"> · </span>
      <time dateTime={new Date(due).toISOString()}>{isBareDay ? formatDate(due) : formatDateTime(due)}</time>
    </span>
  );
}

function useDueWords(due: Due): string {
  const { t } = useTranslation('ui');
  return 'count' in due ? t(`due.${due.kind}`, { count: due.count }) : t(`due.${due.kind}`);
}
