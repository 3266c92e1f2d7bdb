import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import type { CaseView } from '../../../server/cases/cases.contract.ts';
import { ApiProblem } from '../../app/api/problem.ts';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useRead } from '../../app/use-read.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { ClosedSection } from '../../ui/closed-section.tsx';
import { Page } from '../../ui/page.tsx';
import { SummaryList } from '../../ui/summary-list.tsx';
import type { Codes } from '../directory/codes.ts';
import { WithCodes } from '../directory/with-codes.tsx';
import { ConflictsPart } from '../safeguards/conflicts-part.tsx';
import { OpeningBanner } from '../safeguards/opening-banner.tsx';
import { OpeningOver } from '../safeguards/opening-over.tsx';
import type { Opening } from '../safeguards/openings.ts';
import { useHasEnded, useOwnOpening } from '../safeguards/own-opening.ts';
import { caseLists } from './case-lists.ts';
import './case.css';
import { ClinicalWindows } from './clinical-windows.tsx';
import { ConsentsPart } from './consents-part.tsx';
import { basisFacts, incidentFacts } from './facts.ts';
import { IdentityBar } from './identity-bar.tsx';
import { NextStep } from './next-step.tsx';
import { PeopleParts } from './people-parts.tsx';
import { PersonPart } from './person-part.tsx';
import { ReferralsPart } from './referrals-part.tsx';
import { RiskPart } from './risk-part.tsx';
import { TimelinePart } from './timeline-part.tsx';
import { useFactRows } from './use-fact-rows.ts';

/** One case as its own team sees it. The heading is its code, never a name. */
export function Component() {
  const { caseId = '' } = useParams();
  const opening = useOwnOpening(caseId);
  const hasEnded = useHasEnded(opening);
  return hasEnded ? <Closed opening={opening} /> : <Case key={caseId} caseId={caseId} opening={opening} />;
}

/** The last emergency access of the reader to this case, if there was one. */
type Opened = { opening: Opening | undefined };

function Closed({ opening }: Opened) {
  const { t } = useTranslation('caseFile');
  return (
    <Page heading={t('title')} tab="record">
      {opening ? <OpeningOver opening={opening} /> : null}
    </Page>
  );
}

function Case({ caseId, opening }: Opened & { caseId: string }) {
  const { t } = useTranslation('caseFile');
  const read = useRead<CaseView>(`/api/cases/${caseId}`);
  // A case that was open in an emergency is not "not found": it has closed.
  if (opening && isGone(read.error)) return <Closed opening={opening} />;
  return (
    <Page heading={read.data ? read.data.data.code : t('title')} caption={t('title')} tab="record">
      <Loaded read={read}>
        {(view) => (
          <>
            <OpeningBanner opening={opening} />
            <WithCodes lists={caseLists(view)}>{(codes) => <Parts view={view} codes={codes} />}</WithCodes>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function isGone(error: Error | null): boolean {
  return error instanceof ApiProblem && error.status === 404;
}

function Parts({ view, codes }: { view: CaseView; codes: Codes }) {
  const { t } = useTranslation('caseFile');
  const [search] = useSearchParams();
  const [asked, setAsked] = useState(0);
  const rows = useFactRows(codes);
  return (
    <>
      <IdentityBar view={view} codes={codes} />
      <NextStep view={view} onContact={() => setAsked((count) => count + 1)} />
      <ClinicalWindows view={view} codes={codes} />
      <PersonPart view={view} codes={codes} asked={asked} />
      <ReferralsPart caseId={view.id} codes={codes} mayRefer={view.mayRefer} isTarget={search.get('part') === 'sent'} />
      <ConsentsPart caseId={view.id} />
      <RiskPart view={view} codes={codes} />
      {view.incidents.map(({ id, value }, index) => (
        <section key={id} aria-label={t('incident', { number: index + 1 })}>
          <h2>{view.incidents.length > 1 ? t('incident', { number: index + 1 }) : t('oneIncident')}</h2>
          <SummaryList rows={rows(incidentFacts(value))} />
        </section>
      ))}
      <PeopleParts view={view} codes={codes} />
      <ClosedSection heading={t('basisTitle')} note={codes.name('recording_basis', view.basis.code)}>
        <SummaryList rows={rows(basisFacts(view))} />
      </ClosedSection>
      <ConflictsPart caseId={view.id} mayChange={view.mayRefer} />
      <TimelinePart view={view} />
      <ButtonRow>
        <ButtonLink look="plain" to={paths.readers(view.id)}>
          {t('readers')}
        </ButtonLink>
        <ButtonLink look="quiet" to={paths.work}>
          {t('toWork')}
        </ButtonLink>
      </ButtonRow>
    </>
  );
}
