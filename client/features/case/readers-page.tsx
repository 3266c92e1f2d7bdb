import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { AccessEntry, CaseView } from '../../../server/cases/cases.contract.ts';
import type { Versioned } from '../../app/api.ts';
import { LoadedList } from '../../app/loaded-list.tsx';
import { paths } from '../../app/paths.ts';
import { useReadMore } from '../../app/use-read-more.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { formatDateTime } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Printable } from '../../ui/printable.tsx';
import './case.css';
import { ReadersSheet } from './readers-sheet.tsx';
import { useAccessWords } from './use-access-words.ts';

/** Who has looked at a case, a sentence for each time; a plainer sheet of it may be printed for her who asks. */
export function Component() {
  const { t } = useTranslation('caseFile');
  const { caseId = '' } = useParams();
  const code = useKnownCode(caseId);
  const read = useReadMore<AccessEntry>(`/api/cases/${caseId}/accesses`);
  const words = useAccessWords();
  return (
    <Page heading={t('readersTitle')} caption={code ?? t('title')} tab="log">
      <p>{t('access.why')}</p>
      <LoadedList read={read} empty={<EmptyState title={t('access.none')} />}>
        {(entries) => (
          <>
            <ol className="readers">
              {entries.map((entry) => (
                <li key={entry.id}>
                  <p>{words.sentence(entry)}</p>
                  <p className="readers-rest">
                    <time dateTime={entry.at}>{formatDateTime(entry.at)}</time>
                    {words.rest(entry)}
                  </p>
                </li>
              ))}
            </ol>
            <Printable>
              <ReadersSheet entries={entries} hasMore={read.hasMore} words={words} />
            </Printable>
          </>
        )}
      </LoadedList>
      {read.hasMore ? <p>{t('access.older')}</p> : null}
      <ButtonRow>
        {read.hasMore ? (
          <Button isBusy={read.isLoadingMore} onClick={read.loadMore}>
            {t(read.isLoadingMore ? 'access.moreBusy' : 'access.more')}
          </Button>
        ) : null}
        <Button onClick={() => globalThis.print()}>{t('access.print')}</Button>
        <ButtonLink look="quiet" to={paths.item(caseId)}>
          {t('access.back')}
        </ButtonLink>
      </ButtonRow>
    </Page>
  );
}

/** The case's code if the case was open just before; opening it only for its code would be one more look at it. */
function useKnownCode(caseId: string): string | undefined {
  const queries = useQueryClient();
  const [known] = queries.getQueriesData<Versioned<CaseView>>({ queryKey: [`/api/cases/${caseId}`] });
  return known?.[1]?.data.code;
}
