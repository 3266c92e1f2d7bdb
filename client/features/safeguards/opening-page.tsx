import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useRead } from '../../app/use-read.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { WithCodes } from '../directory/with-codes.tsx';
import { EndOpening } from './end-opening.tsx';
import { OpeningFacts } from './opening-facts.tsx';
import { awaitsMe, findOpening, minePath, stateOf, toldPath, type Opening, type OpeningList } from './openings.ts';
import { ReviewForm } from './review-form.tsx';
import './safeguards.css';

/** One emergency access: who, why, until when, and what was concluded. */
export function Component() {
  const { t } = useTranslation('openings');
  const { openingId = '' } = useParams();
  const told = useRead<OpeningList>(toldPath);
  const mine = useRead<OpeningList>(minePath);
  const [hasErrors, setErrors] = useState(false);
  return (
    <Page heading={t('one.title')} tab="record" hasErrors={hasErrors}>
      <Loaded read={told}>
        {({ items }) => (
          <Loaded read={mine}>
            {({ items: own }) => {
              const opening = findOpening(openingId, [items, own]);
              return opening ? (
                <One key={`${opening.id} ${opening.endsAt}`} opening={opening} onErrors={setErrors} />
              ) : (
                <EmptyState title={t('one.gone')} />
              );
            }}
          </Loaded>
        )}
      </Loaded>
      <ButtonRow>
        <ButtonLink look="quiet" to={paths.openings}>
          {t('one.toList')}
        </ButtonLink>
      </ButtonRow>
    </Page>
  );
}

type OneProps = { opening: Opening; onErrors: (hasErrors: boolean) => void };

function One({ opening, onErrors }: OneProps) {
  const [nowMs] = useState(() => Date.now());
  return (
    <>
      <WithCodes lists={['break_glass_reason']}>
        {(codes) => <OpeningFacts opening={opening} codes={codes} nowMs={nowMs} />}
      </WithCodes>
      {awaitsMe(opening) ? (
        <ReviewForm openingId={opening.id} onErrors={onErrors} />
      ) : (
        <Waiting opening={opening} nowMs={nowMs} />
      )}
      <Ways opening={opening} nowMs={nowMs} />
    </>
  );
}

/** Whose turn it is, as long as nobody has judged. */
function Waiting({ opening, nowMs }: { opening: Opening; nowMs: number }) {
  const { t } = useTranslation('openings');
  if (opening.review !== null) return null;
  if (!opening.isMine) return <p>{t('one.waitOther')}</p>;
  return <p>{t(stateOf(opening, nowMs) === 'overdue' ? 'one.lateMine' : 'one.waitMine')}</p>;
}

/** To the case and to what was done there, for those who may see it anyway. */
function Ways({ opening, nowMs }: { opening: Opening; nowMs: number }) {
  const { t } = useTranslation('openings');
  const isOpen = Date.parse(opening.endsAt) > nowMs;
  if (opening.isMine)
    return isOpen ? (
      <ButtonRow>
        <ButtonLink to={paths.item(opening.caseId)}>{t('one.toCase')}</ButtonLink>
        <EndOpening opening={opening} />
      </ButtonRow>
    ) : null;
  return (
    <p>
      <ButtonLink look="plain" to={paths.readers(opening.caseId)}>
        {t('one.toReaders')}
      </ButtonLink>
    </p>
  );
}
