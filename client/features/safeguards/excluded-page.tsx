import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { CaseView } from '../../../server/cases/cases.contract.ts';
import type { ConflictsView } from '../../../server/safeguards/safeguards.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { useRead } from '../../app/use-read.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { ExcludedForm } from './excluded-form.tsx';

/** Changes whom the survivor does not want to know, on a case that is registered already. */
export function Component() {
  const { t } = useTranslation('safeguards');
  const { caseId = '' } = useParams();
  const file = useRead<CaseView>(`/api/cases/${caseId}`);
  const conflicts = useRead<ConflictsView>(`/api/cases/${caseId}/conflicts`);
  const [hasErrors, setErrors] = useState(false);
  return (
    <Page heading={t('conflicts.change')} caption={file.data?.data.code ?? ''} tab="form" hasErrors={hasErrors}>
      <Loaded read={file}>
        {(view, etag) =>
          view.mayRefer ? (
            <Loaded read={conflicts}>
              {({ bars }) => (
                <ExcludedForm
                  key={caseId}
                  caseId={caseId}
                  etag={etag}
                  bars={bars}
                  onReload={() => void file.refetch()}
                  onErrors={setErrors}
                />
              )}
            </Loaded>
          ) : (
            <EmptyState title={t('exclusions.notYours')} />
          )
        }
      </Loaded>
    </Page>
  );
}
