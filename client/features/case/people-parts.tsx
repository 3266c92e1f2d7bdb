import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../server/cases/cases.contract.ts';
import { ClosedSection } from '../../ui/closed-section.tsx';
import { SummaryList } from '../../ui/summary-list.tsx';
import type { Codes } from '../directory/codes.ts';
import { ChangePeople } from './change-people.tsx';
import { ChildrenPart } from './children-part.tsx';
import { perpetratorFacts, perpetratorIdentity } from './facts.ts';
import { useFactRows } from './use-fact-rows.ts';

/** The alleged perpetrators and the children. */
export function PeopleParts({ view, codes }: { view: CaseView; codes: Codes }) {
  const { t } = useTranslation('caseFile');
  const rows = useFactRows(codes);
  const title = t(view.kind === 'trafficking' ? 'perpetrators.trafficking' : 'perpetrators.title');
  return (
    <>
      <section aria-label={title}>
        <h2>{title}</h2>
        {view.perpetrators.length === 0 ? <p>{t('perpetrators.none')}</p> : null}
        {view.perpetrators.map((perpetrator, index) => {
          const identity = perpetratorIdentity(perpetrator);
          return (
            <div key={perpetrator.id ?? index}>
              {view.perpetrators.length > 1 ? <h3>{t('perpetrators.number', { number: index + 1 })}</h3> : null}
              <SummaryList rows={rows(perpetratorFacts(perpetrator))} />
              {identity.length === 0 ? null : (
                <ClosedSection heading={t('perpetrators.identity', { number: index + 1 })}>
                  <SummaryList rows={rows(identity)} />
                </ClosedSection>
              )}
            </div>
          );
        })}
      </section>
      <ChildrenPart view={view} codes={codes} />
      <ChangePeople view={view} part="others" />
    </>
  );
}
