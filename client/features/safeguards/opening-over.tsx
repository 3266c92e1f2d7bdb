import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { formatDateTime } from '../../ui/dates.ts';
import { Notice } from '../../ui/notice.tsx';
import type { Opening } from './openings.ts';

/** In place of a case whose emergency access is over: why it closed, and whom to ask. The page's heading has the focus then. */
export function OpeningOver({ opening }: { opening: Opening }) {
  const { t } = useTranslation('safeguards');
  return (
    <>
      <div role="alert">
        <Notice icon="lock" title={t('banner.overTitle')}>
          <p>{t('banner.over', { code: opening.caseCode, at: formatDateTime(opening.endsAt) })}</p>
        </Notice>
      </div>
      <ButtonRow>
        <ButtonLink to={paths.work}>{t('banner.toWork')}</ButtonLink>
      </ButtonRow>
    </>
  );
}
