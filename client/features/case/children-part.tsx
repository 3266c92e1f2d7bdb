import { useTranslation } from 'react-i18next';
import { SummaryList } from '../../ui/summary-list.tsx';
import type { Codes } from '../directory/codes.ts';
import { childFacts } from './facts.ts';
import type { CaseHead } from './opened-case.ts';
import { useFactRows } from './use-fact-rows.ts';

/** The children who are touched by it; they have no names here. */
export function ChildrenPart({ view, codes }: { view: CaseHead; codes: Codes }) {
  const { t } = useTranslation('caseFile');
  const rows = useFactRows(codes);
  return (
    <section aria-label={t('children.title')}>
      <h2>{t('children.title')}</h2>
      {view.children.length === 0 ? <p>{t('children.none')}</p> : null}
      {view.children.map((child, index) => (
        <div key={index}>
          {view.children.length > 1 ? <h3>{t('children.number', { number: index + 1 })}</h3> : null}
          <SummaryList rows={rows(childFacts(child))} />
        </div>
      ))}
    </section>
  );
}
