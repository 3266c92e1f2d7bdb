import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { ConsentView, WithdrawalAnswer } from '../../../server/consent/consent.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useMe } from '../../app/session/use-session.ts';
import { useRead } from '../../app/use-read.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { WithCodes } from '../directory/with-codes.tsx';
import { mayRegister } from '../directory/roles.ts';
import { useStatedPurpose } from '../safeguards/stated-purpose.ts';
import { ConsentCard } from './consent-card.tsx';
import { WithdrawnNotice } from './withdrawn-notice.tsx';

/** Every consent of one case with its terms; recording and withdrawing begin here. */
export function Component() {
  const { t } = useTranslation('consent');
  const { caseId = '' } = useParams();
  const { roles } = useMe().staff;
  const mayRecord = mayRegister(roles);
  const [done, setDone] = useState<WithdrawalAnswer>();
  const read = useRead<{ items: ConsentView[] }>(`/api/cases/${caseId}/consents`, useStatedPurpose(caseId).options);
  return (
    <Page heading={t('title')} tab="record">
      {done ? <WithdrawnNotice answer={done} /> : null}
      <WithCodes lists={['consenter', 'consent_evidence', 'language', 'withdrawal_reason']}>
        {(codes) => (
          <Loaded read={read}>
            {({ items }) =>
              items.length === 0 ? (
                <EmptyState title={t('none')}>
                  <p>{t('noneWhy')}</p>
                </EmptyState>
              ) : (
                items.map((consent) => (
                  <ConsentCard key={consent.id} consent={consent} codes={codes} onWithdrawn={setDone} />
                ))
              )
            }
          </Loaded>
        )}
      </WithCodes>
      <ButtonRow>
        {mayRecord ? <ButtonLink to={paths.newTerms(caseId)}>{t('record')}</ButtonLink> : null}
        <ButtonLink look="plain" to={paths.item(caseId)}>
          {t('toCase')}
        </ButtonLink>
      </ButtonRow>
    </Page>
  );
}
