import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConflictsView } from '../../../server/safeguards/safeguards.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useMe } from '../../app/session/use-session.ts';
import { useRead } from '../../app/use-read.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { ClosedSection } from '../../ui/closed-section.tsx';
import { formatDate } from '../../ui/dates.ts';
import { useAgencies, useNameOf } from '../directory/use-directory.ts';
import { DoubtItem } from './doubt-item.tsx';
import './safeguards.css';

export type ConflictsPartProps = { caseId: string; mayChange: boolean };

/**
 * Who may not come near this case. For its team behind one tap, since these are names that others in the office must
 * not read over a shoulder; for a supervisor in the open, since doubts wait for an answer.
 */
export function ConflictsPart({ caseId, mayChange }: ConflictsPartProps) {
  const { t } = useTranslation('safeguards');
  const { roles } = useMe().staff;
  const heading = useRef<HTMLHeadingElement>(null);
  const content = (
    <>
      <Conflicts caseId={caseId} heading={heading} />
      {mayChange ? (
        <p>
          <ButtonLink look="plain" to={paths.excluded(caseId)}>
            {t('conflicts.change')}
          </ButtonLink>
        </p>
      ) : null}
    </>
  );
  if (!roles.includes('supervisor'))
    return (
      <ClosedSection heading={t('conflicts.title')} note={t('conflicts.note')}>
        {content}
      </ClosedSection>
    );
  return (
    <section aria-label={t('conflicts.title')}>
      <h2 ref={heading} tabIndex={-1}>
        {t('conflicts.title')}
      </h2>
      {content}
    </section>
  );
}

/** `heading` takes the focus when a doubt was answered. */
type ConflictsProps = { caseId: string; heading: RefObject<HTMLHeadingElement | null> };

function Conflicts({ caseId, heading }: ConflictsProps) {
  const read = useRead<ConflictsView>(`/api/cases/${caseId}/conflicts`);
  return (
    <Loaded read={read}>
      {(view) => (
        <>
          <Bars bars={view.bars} />
          <Doubts doubts={view.doubts} heading={heading} />
        </>
      )}
    </Loaded>
  );
}

function Bars({ bars }: Pick<ConflictsView, 'bars'>) {
  const { t } = useTranslation('safeguards');
  const agencyName = useAgencyName();
  if (bars.length === 0) return <p>{t('conflicts.none')}</p>;
  return (
    <>
      <p>{t('conflicts.hint')}</p>
      <ul className="conflict-lines">
        {bars.map(({ staffId, displayName, agencyId, origin, since }) => (
          <li key={`${staffId} ${origin}`}>
            <strong>{displayName}</strong> · {agencyName(agencyId)}
            <p>
              {t(`conflicts.origin.${origin}`)}, {t('conflicts.since', { day: formatDate(since) })}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

type DoubtsProps = Pick<ConflictsView, 'doubts'> & Pick<ConflictsProps, 'heading'>;

function Doubts({ doubts, heading }: DoubtsProps) {
  const { t } = useTranslation('safeguards');
  const agencyName = useAgencyName();
  const [answers, setAnswers] = useState(0);
  const { length } = doubts;
  // The buttons that were pressed are gone with their line.
  useEffect(() => {
    if (answers > 0) heading.current?.focus();
  }, [answers, length, heading]);
  if (length === 0) return null;
  return (
    <>
      <h3>{t('conflicts.doubts', { count: length })}</h3>
      <p>{t('conflicts.doubtWhy')}</p>
      <ul className="conflict-lines">
        {doubts.map((doubt) => (
          <DoubtItem
            key={doubt.id}
            doubt={doubt}
            agency={agencyName(doubt.agencyId)}
            onAnswered={() => setAnswers((count) => count + 1)}
          />
        ))}
      </ul>
    </>
  );
}

function useAgencyName(): (agencyId: string) => string {
  const nameOf = useNameOf();
  const agencies = useAgencies().data?.data.items ?? [];
  return (agencyId) => {
    const agency = agencies.find(({ id }) => id === agencyId);
    return agency ? nameOf(agency) : '';
  };
}
