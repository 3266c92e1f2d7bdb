import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { FindingView } from '../../../server/audit/findings.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useRead } from '../../app/use-read.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { formatDateTime } from '../../ui/dates.ts';
import { Page } from '../../ui/page.tsx';
import { SummaryList } from '../../ui/summary-list.tsx';
import type { Codes } from '../directory/codes.ts';
import { useNameOf } from '../directory/use-directory.ts';
import { WithCodes } from '../directory/with-codes.tsx';
import { AskForm } from './ask-form.tsx';
import './audit.css';
import { AuditLineItem } from './audit-line.tsx';
import { CloseForm } from './close-form.tsx';
import { ExplanationsPart } from './explanations-part.tsx';
import { FindingTag } from './finding-tag.tsx';
import { useAuditWords } from './use-audit-words.ts';
import { usePurposeName } from './use-purpose-name.ts';

/** One finding: what was noticed, what was asked and answered, how it ended, and the deeds it rests on. */
export function Component() {
  const { t } = useTranslation('review');
  const { findingId = '' } = useParams();
  const read = useRead<FindingView>(`/api/audit/findings/${findingId}`);
  const [hasErrors, setErrors] = useState(false);
  return (
    <Page heading={t('one.title')} tab="record" hasErrors={hasErrors}>
      <WithCodes lists={['role', 'finding_outcome']}>
        {(codes) => (
          <Loaded read={read}>{(finding) => <Finding finding={finding} codes={codes} onErrors={setErrors} />}</Loaded>
        )}
      </WithCodes>
      <ButtonRow>
        <ButtonLink look="quiet" to={paths.checks}>
          {t('findings.toList')}
        </ButtonLink>
      </ButtonRow>
    </Page>
  );
}

type FindingProps = { finding: FindingView; codes: Codes; onErrors: (hasErrors: boolean) => void };

function Finding({ finding, codes, onErrors }: FindingProps) {
  const { id, state, explanations } = finding;
  return (
    <>
      <Facts finding={finding} codes={codes} />
      {explanations.length > 0 ? <ExplanationsPart explanations={explanations} /> : null}
      {state === 'open' || state === 'answered' ? (
        <AskForm findingId={id} isAgain={explanations.length > 0} onErrors={onErrors} />
      ) : null}
      {state === 'closed' ? null : <CloseForm findingId={id} state={state} codes={codes} onErrors={onErrors} />}
      <Deeds finding={finding} codes={codes} />
    </>
  );
}

function Facts({ finding, codes }: Pick<FindingProps, 'finding' | 'codes'>) {
  const { t } = useTranslation('review');
  const nameOf = useNameOf();
  const { actor, state, rule, foundAt, auditorName, note, outcome, closedAt, closedByName } = finding;
  const rows = [
    { label: t('one.person'), value: `${actor.displayName} (${nameOf(actor.agency)})` },
    { label: t('one.state'), value: <FindingTag state={state} /> },
    { label: t('one.rule'), value: rule === null ? '' : nameOf(rule) },
    { label: t('one.note'), value: note },
    { label: t('one.found'), value: formatDateTime(foundAt) },
    { label: t('one.auditor'), value: auditorName },
    { label: t('one.outcome'), value: codes.name('finding_outcome', outcome) },
    { label: t('one.closed'), value: closedAt === null ? '' : formatDateTime(closedAt) },
    { label: t('one.closedBy'), value: closedByName ?? '' },
  ];
  return <SummaryList rows={rows.filter(({ value }) => value !== '')} />;
}

function Deeds({ finding, codes }: Pick<FindingProps, 'finding' | 'codes'>) {
  const { t } = useTranslation('review');
  const words = useAuditWords();
  const purpose = usePurposeName();
  return (
    <section aria-labelledby="deeds-heading">
      <h2 id="deeds-heading">{t('one.events')}</h2>
      <ol className="audit-lines">
        {finding.events.map((line) => (
          <AuditLineItem key={line.id} line={line} words={words} codes={codes} purpose={purpose} />
        ))}
      </ol>
    </section>
  );
}
