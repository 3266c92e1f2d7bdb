import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../server/cases/cases.contract.ts';
import { paths } from '../../app/paths.ts';
import { ClosedSection } from '../../ui/closed-section.tsx';
import { SummaryList } from '../../ui/summary-list.tsx';
import type { Codes } from '../directory/codes.ts';
import { ConflictsPart } from '../safeguards/conflicts-part.tsx';
import { ClinicalWindows } from './clinical-windows.tsx';
import { ConsentsPart } from './consents-part.tsx';
import { basisFacts, incidentFacts } from './facts.ts';
import { IdentityBar } from './identity-bar.tsx';
import { Incidents } from './incidents.tsx';
import { NextStep } from './next-step.tsx';
import { PeopleParts } from './people-parts.tsx';
import { PersonPart } from './person-part.tsx';
import { ReferralsPart } from './referrals-part.tsx';
import { RiskPart } from './risk-part.tsx';
import { SavedNotice } from './saved.tsx';
import { TimelinePart } from './timeline-part.tsx';
import { useFactRows } from './use-fact-rows.ts';

export type WholePartsProps = {
  view: CaseView;
  codes: Codes;
  /** Whether the reader came for the list of referrals. */
  isForReferrals: boolean;
};

/** Everything of one case, as its team works with it. */
export function WholeParts({ view, codes, isForReferrals }: WholePartsProps) {
  const { t } = useTranslation('caseFile');
  const [asked, setAsked] = useState(0);
  const rows = useFactRows(codes);
  return (
    <>
      <SavedNotice caseId={view.id} />
      <IdentityBar view={view} codes={codes} />
      <NextStep view={view} onContact={() => setAsked((count) => count + 1)} />
      <ClinicalWindows view={view} codes={codes} />
      <PersonPart view={view} codes={codes} asked={asked} />
      <ReferralsPart caseId={view.id} codes={codes} mayRefer={view.mayRefer} isTarget={isForReferrals} />
      <ConsentsPart caseId={view.id} />
      <RiskPart view={view} codes={codes} />
      <Incidents
        incidents={view.incidents.map(({ id, value }) => ({ id, rows: rows(incidentFacts(value)) }))}
        changeAt={view.mayRefer ? (incidentId) => paths.changeIncident(view.id, incidentId) : undefined}
      />
      <PeopleParts view={view} codes={codes} />
      <ClosedSection heading={t('basisTitle')} note={codes.name('recording_basis', view.basis.code)}>
        <SummaryList rows={rows(basisFacts(view))} />
      </ClosedSection>
      <ConflictsPart caseId={view.id} mayChange={view.mayRefer} />
      <TimelinePart view={view} />
    </>
  );
}
