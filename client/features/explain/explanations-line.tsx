import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { useRead } from '../../app/use-read.ts';
import { Notice } from '../../ui/notice.tsx';
import { ReplaceLink } from '../../ui/replace-link.tsx';
import { explanationsPath, isWaiting, type ExplanationList } from './explanations.ts';

/** Where a person's day begins: that somebody waits for her explanation. Nothing while nobody does. */
export function ExplanationsLine() {
  const { t } = useTranslation('explain');
  const items = useRead<ExplanationList>(explanationsPath).data?.data.items ?? [];
  const waiting = items.filter(isWaiting).length;
  if (waiting === 0) return null;
  return (
    <Notice icon="warning" title={t('line', { count: waiting })}>
      <ReplaceLink to={paths.questions}>{t('see')}</ReplaceLink>
    </Notice>
  );
}
