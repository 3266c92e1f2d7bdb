import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../server/cases/cases.contract.ts';
import { SummaryList } from '../../ui/summary-list.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { Codes } from '../directory/codes.ts';

/** Somebody else saved in the meantime: what stands now, and that nothing typed here is lost. */
export function StaleNotice({ view, codes }: { view: CaseView; codes: Codes }) {
  const { t } = useTranslation('caseFile');
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <div ref={ref} tabIndex={-1} role="alert">
      <Notice icon="warning" title={t('change.stale')}>
        <p>{t('change.staleWhat')}</p>
        <SummaryList
          rows={[
            { label: t('risk.stage'), value: codes.name('case_stage', view.stage) },
            { label: t('risk.level'), value: codes.name('risk_level', view.risk.level) },
            { label: t('risk.redFlags'), value: codes.names('red_flag', view.risk.redFlags) || t('risk.none') },
          ]}
        />
      </Notice>
    </div>
  );
}
