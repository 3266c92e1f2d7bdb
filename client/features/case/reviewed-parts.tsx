import { useTranslation } from 'react-i18next';
import type { ReviewedCaseView } from '../../../server/cases/cases.contract.ts';
import { SummaryList } from '../../ui/summary-list.tsx';
import type { Codes } from '../directory/codes.ts';
import { ConflictsPart } from '../safeguards/conflicts-part.tsx';
import { ChildrenPart } from './children-part.tsx';
import { ClinicalWindows } from './clinical-windows.tsx';
import { incidentFacts, survivorFacts } from './facts.ts';
import { IdentityBar } from './identity-bar.tsx';
import { Incidents } from './incidents.tsx';
import { NextStep } from './next-step.tsx';
import { ReferralsPart } from './referrals-part.tsx';
import { RiskPart } from './risk-part.tsx';
import { TimelinePart } from './timeline-part.tsx';
import { useFactRows } from './use-fact-rows.ts';

export type ReviewedPartsProps = { view: ReviewedCaseView; codes: Codes; isForReferrals: boolean };

/** How the work goes, and nothing that tells whose case it is: what a supervisor sees before stating a purpose. */
export function ReviewedParts({ view, codes, isForReferrals }: ReviewedPartsProps) {
  const { t } = useTranslation('caseFile');
  const rows = useFactRows(codes);
  const title = t(view.kind === 'trafficking' ? 'person.trafficked' : 'person.title');
  return (
    <>
      <IdentityBar view={view} codes={codes} />
      <NextStep view={view} />
      <ClinicalWindows view={view} codes={codes} />
      <section aria-label={title}>
        <h2>{title}</h2>
        <SummaryList rows={rows(survivorFacts(view.survivor))} />
      </section>
      <ReferralsPart caseId={view.id} codes={codes} mayRefer={view.mayRefer} isTarget={isForReferrals} />
      <RiskPart view={view} codes={codes} />
      <Incidents incidents={view.incidents.map(({ id, value }) => ({ id, rows: rows(incidentFacts(value)) }))} />
      <ChildrenPart view={view} codes={codes} />
      <ConflictsPart caseId={view.id} mayChange={view.mayRefer} />
      <TimelinePart view={view} />
    </>
  );
}
