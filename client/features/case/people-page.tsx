import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { OpenedCase } from '../../../server/cases/cases.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { useRead } from '../../app/use-read.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { WithCodes } from '../directory/with-codes.tsx';
import { othersLists } from '../register/page-others.tsx';
import { personLists } from '../register/page-person.tsx';
import { wholeOf } from './opened-case.ts';
import { PeopleForm } from './people-form.tsx';
import type { PeoplePart } from './people-values.ts';

/** Changes who she is and how she is reached, or the other people of a case. */
export function Component() {
  const { t } = useTranslation('caseFile');
  const { caseId = '', part: asked = '' } = useParams();
  const part: PeoplePart = asked === 'others' ? 'others' : 'person';
  const read = useRead<OpenedCase>(`/api/cases/${caseId}`);
  const [hasErrors, setErrors] = useState(false);
  return (
    <Page
      heading={t(`people.${part}`)}
      caption={read.data ? read.data.data.code : t('title')}
      tab="form"
      hasErrors={hasErrors}
    >
      <Loaded read={read}>
        {(view, etag) => {
          const whole = wholeOf(view);
          if (!whole?.mayRefer) return <EmptyState title={t('change.notYours')} />;
          return (
            <WithCodes lists={['age_band', ...(part === 'person' ? personLists : othersLists)]}>
              {(codes) => (
                <PeopleForm
                  key={`${caseId} ${part}`}
                  {...{ view: whole, etag, codes, part }}
                  onReload={() => void read.refetch()}
                  onErrors={setErrors}
                />
              )}
            </WithCodes>
          );
        }}
      </Loaded>
    </Page>
  );
}
