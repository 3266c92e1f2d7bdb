import { useTranslation } from 'react-i18next';
import { ContextualDate } from '../../ui/contextual-date.tsx';
import { formatDateTime } from '../../ui/dates.ts';
import { SummaryList, type SummaryRow } from '../../ui/summary-list.tsx';
import type { Codes } from '../directory/codes.ts';
import { useAgencies, useNameOf } from '../directory/use-directory.ts';
import { OpeningTag } from './opening-tag.tsx';
import type { Opening } from './openings.ts';

export type OpeningFactsProps = { opening: Opening; codes: Codes; nowMs: number };

/** Everything that was recorded about one emergency access, the conclusion included. */
export function OpeningFacts({ opening, codes, nowMs }: OpeningFactsProps) {
  const rows = useRows(opening, codes, nowMs);
  const verdict = useVerdictRows(opening);
  return (
    <>
      <p>
        <OpeningTag opening={opening} nowMs={nowMs} />
      </p>
      <SummaryList rows={[...rows, ...verdict]} />
    </>
  );
}

function useRows(opening: Opening, codes: Codes, nowMs: number): SummaryRow[] {
  const { t } = useTranslation('openings');
  const nameOf = useNameOf();
  const agency = useAgencies().data?.data.items.find(({ id }) => id === opening.agencyId);
  const { caseCode, staffName, isMine, openedAt, endsAt, reasonCode, reasonText, review, reviewDueAt } = opening;
  const isOpen = Date.parse(endsAt) > nowMs;
  return [
    { label: t('one.who'), value: isMine ? t('one.you', { name: staffName }) : staffName },
    ...(agency ? [{ label: t('one.agency'), value: nameOf(agency) }] : []),
    { label: t('one.code'), value: caseCode },
    { label: t('one.opened'), value: formatDateTime(openedAt) },
    { label: t(isOpen ? 'one.ends' : 'one.ended'), value: formatDateTime(endsAt) },
    { label: t('one.reason'), value: codes.name('break_glass_reason', reasonCode) },
    ...(reasonText === null ? [] : [{ label: t('one.text'), value: reasonText }]),
    ...(review === null ? [{ label: t('one.due'), value: <ContextualDate due={reviewDueAt} nowMs={nowMs} /> }] : []),
  ];
}

function useVerdictRows({ review }: Opening): SummaryRow[] {
  const { t } = useTranslation('openings');
  if (review === null) return [];
  return [
    { label: t('review.verdict'), value: t(`state.${review.verdict}`) },
    { label: t('review.by'), value: review.reviewerName },
    { label: t('review.at'), value: formatDateTime(review.reviewedAt) },
    ...(review.note === null || review.note === '' ? [] : [{ label: t('review.note'), value: review.note }]),
  ];
}
