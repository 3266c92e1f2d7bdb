import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { SummaryList } from '../../ui/summary-list.tsx';
import type { Codes } from '../directory/codes.ts';
import type { CaseHead } from './opened-case.ts';

/** Risk, red flags and what the case is a case of, as reckoned from the record. */
export function RiskPart({ view, codes }: { view: CaseHead & { contexts?: readonly string[] }; codes: Codes }) {
  const { t } = useTranslation('caseFile');
  const { risk, contexts = [], mayRefer, stage } = view;
  const rows = [
    { label: t('risk.level'), value: codes.name('risk_level', risk.level) },
    { label: t('risk.redFlags'), value: codes.names('red_flag', risk.redFlags) || t('risk.none') },
    ...(contexts.length > 0 ? [{ label: t('risk.contexts'), value: codes.names('case_context', contexts) }] : []),
    { label: t('risk.stage'), value: codes.name('case_stage', stage) },
  ];
  return (
    <section aria-label={t('risk.title')}>
      <h2>{t('risk.title')}</h2>
      <SummaryList rows={rows} />
      {mayRefer ? (
        <p>
          <ButtonLink look="plain" to={paths.changeItem(view.id)}>
            {t('risk.change')}
          </ButtonLink>
        </p>
      ) : null}
    </section>
  );
}
