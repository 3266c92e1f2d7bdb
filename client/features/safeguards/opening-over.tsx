import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { formatDateTime } from '../../ui/dates.ts';
import { Notice } from '../../ui/notice.tsx';
import type { Opening } from './openings.ts';

/** In place of a case whose emergency access is over: why it closed, and whom to ask. */
export function OpeningOver({ opening }: { opening: Opening }) {
  const { t } = useTranslation('safeguards');
  const box = useRef<HTMLDivElement>(null);
  // What was being read is gone from under the focus.
  useEffect(() => box.current?.focus(), []);
  return (
    <>
      <div role="alert" ref={box} tabIndex={-1}>
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
