import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditLine } from '../../../server/audit/audit.contract.ts';
import { LoadedList } from '../../app/loaded-list.tsx';
import { useReadMore } from '../../app/use-read-more.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { WithCodes } from '../directory/with-codes.tsx';
import { AuditLineItem } from './audit-line.tsx';
import type { AuditWords } from './use-audit-words.ts';
import { usePurposeName } from './use-purpose-name.ts';

export type AuditResultsProps = {
  path: string;
  words: AuditWords;
  /** After a press of the button, reading goes on here. */
  takesFocus: boolean;
};

/** What was found, newest first, one sentence per event. */
export function AuditResults({ path, words, takesFocus }: AuditResultsProps) {
  const { t } = useTranslation('audit');
  const read = useReadMore<AuditLine, { archivedMonths: string[] }>(path, { isFrozen: true });
  const purpose = usePurposeName();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return (
    <section aria-labelledby="results-heading">
      <h2 className="audit-results-heading" id="results-heading" ref={heading} tabIndex={-1}>
        {t('results.title')}
      </h2>
      <p role="status">
        {read.items === undefined ? '' : t('results.shown', { count: read.items.length })}{' '}
        {read.hasMore ? t('results.moreThere') : ''}
      </p>
      <ArchivedMonths months={read.first?.archivedMonths ?? []} />
      <WithCodes lists={['role']}>
        {(codes) => (
          <LoadedList
            read={read}
            empty={
              <EmptyState title={t('results.empty')}>
                <p>{t('results.emptyWhy')}</p>
              </EmptyState>
            }
          >
            {(lines) => (
              <ol className="audit-lines">
                {lines.map((line) => (
                  <AuditLineItem key={line.id} line={line} words={words} codes={codes} purpose={purpose} />
                ))}
              </ol>
            )}
          </LoadedList>
        )}
      </WithCodes>
      {read.hasMore ? (
        <ButtonRow>
          <Button isBusy={read.isLoadingMore} onClick={read.loadMore}>
            {t(read.isLoadingMore ? 'results.moreBusy' : 'results.more')}
          </Button>
        </ButtonRow>
      ) : null}
    </section>
  );
}

/** Months that the period meets and that have left the database: what is not shown is not what did not happen. */
function ArchivedMonths({ months }: { months: readonly string[] }) {
  const { t } = useTranslation('audit');
  if (months.length === 0) return null;
  const list = months.map((month) => month.split('-').toReversed().join('/')).join(', ');
  return <p>{t('results.archived', { count: months.length, months: list })}</p>;
}
