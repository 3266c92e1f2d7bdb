import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { useRead } from '../../app/use-read.ts';
import { Notice } from '../../ui/notice.tsx';
import { ReplaceLink } from '../../ui/replace-link.tsx';
import { awaitsMe, toldPath, type OpeningList } from './openings.ts';

/** In my work: that somebody opened a case in an emergency, and whether this person has to judge it. */
export function OpeningsLine() {
  const { t } = useTranslation('safeguards');
  const told = useRead<OpeningList>(toldPath).data?.data.items ?? [];
  const toReview = told.filter(awaitsMe).length;
  const toKnow = told.filter(({ review, isMine }) => review === null && !isMine).length - toReview;
  if (toReview + toKnow === 0) return null;
  return (
    <Notice
      icon="warning"
      title={toReview > 0 ? t('line.review', { count: toReview }) : t('line.known', { count: toKnow })}
    >
      <ReplaceLink to={paths.openings}>{t('line.see')}</ReplaceLink>
    </Notice>
  );
}
