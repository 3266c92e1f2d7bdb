import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import type { OpenedCase } from '../../../server/cases/cases.contract.ts';
import { ApiProblem } from '../../app/api/problem.ts';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useRead } from '../../app/use-read.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { WithCodes } from '../directory/with-codes.tsx';
import { OpeningBanner } from '../safeguards/opening-banner.tsx';
import { OpeningOver } from '../safeguards/opening-over.tsx';
import type { Opening } from '../safeguards/openings.ts';
import { useHasEnded, useOwnOpening } from '../safeguards/own-opening.ts';
import { PurposeNotice, StatedNotice } from '../safeguards/purpose-notice.tsx';
import { useStatedPurpose } from '../safeguards/stated-purpose.ts';
import { caseLists } from './case-lists.ts';
import './case.css';
import { ReviewedParts } from './reviewed-parts.tsx';
import { WholeParts } from './whole-parts.tsx';

/** One case as its team sees it, or as its supervisor reviews it. The heading is its code, never a name. */
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
  const purpose = useStatedPurpose(caseId);
  const read = useRead<OpenedCase>(`/api/cases/${caseId}`, purpose.options);
  // A case whose emergency access is over is not "not found": it has closed. Before its time, it is like any other.
  if (opening && isOver(opening) && isGone(read.error)) return <Closed opening={opening} />;
  return (
    <Page heading={read.data ? read.data.data.code : t('title')} caption={t('title')} tab="record">
      <Loaded read={read}>
        {(view) => (
          <>
            <OpeningBanner opening={opening} />
            {view.isPseudonymous ? <PurposeNotice onState={purpose.state} /> : null}
            {purpose.isStated && !view.isPseudonymous ? <StatedNotice /> : null}
            <Parts view={view} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Parts({ view }: { view: OpenedCase }) {
  const { t } = useTranslation('caseFile');
  const [search] = useSearchParams();
  const isForReferrals = search.get('part') === 'sent';
  return (
    <>
      <WithCodes lists={caseLists(view)}>
        {(codes) =>
          view.isPseudonymous ? (
            <ReviewedParts view={view} codes={codes} isForReferrals={isForReferrals} />
          ) : (
            <WholeParts view={view} codes={codes} isForReferrals={isForReferrals} />
          )
        }
      </WithCodes>
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

function isGone(error: Error | null): boolean {
  return error instanceof ApiProblem && error.status === 404;
}

function isOver({ endsAt }: Opening): boolean {
  return Date.parse(endsAt) <= Date.now();
}
