import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { CaseView } from '../../../server/cases/cases.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { useRead } from '../../app/use-read.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { WithCodes } from '../directory/with-codes.tsx';
import { ChangeForm } from './change-form.tsx';

/** Changes the stage and the risk of a case. */
export function Component() {
  const { t } = useTranslation('caseFile');
  const { caseId = '' } = useParams();
  const read = useRead<CaseView>(`/api/cases/${caseId}`);
  const [hasErrors, setErrors] = useState(false);
  return (
    <Page
      heading={t('change.title')}
      caption={read.data ? read.data.data.code : t('title')}
      tab="form"
      hasErrors={hasErrors}
    >
      <Loaded read={read}>
        {(view, etag) =>
          view.mayRefer ? (
            <WithCodes lists={['case_stage', 'risk_level', 'red_flag']}>
              {(codes) => (
                <ChangeForm
                  key={caseId}
                  view={view}
                  etag={etag}
                  codes={codes}
                  onReload={() => void read.refetch()}
                  onErrors={setErrors}
                />
              )}
            </WithCodes>
          ) : (
            <EmptyState title={t('change.notYours')} />
          )
        }
      </Loaded>
    </Page>
  );
}
