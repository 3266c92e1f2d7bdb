import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Agency, Service } from '../../../server/directory/directory.contract.ts';
import type { ConsentView } from '../../../server/consent/consent.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useMe } from '../../app/session/use-session.ts';
import { useRead } from '../../app/use-read.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { formatDate } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useAgencies, useNameOf, useServices } from '../directory/use-directory.ts';
import { mayRegister } from '../directory/roles.ts';
import { WithCodes } from '../directory/with-codes.tsx';
import { TermsForm } from './terms-form.tsx';

/** Records one consent: to one agency, of ticked fields, until a day. */
export function Component() {
  const { t } = useTranslation('consent');
  const { caseId = '' } = useParams();
  const { roles } = useMe().staff;
  if (mayRegister(roles)) return <Recording key={caseId} caseId={caseId} />;
  return (
    <Page heading={t('new.title')} tab="form">
      <EmptyState title={t('new.notYours')} />
      <ButtonLink to={paths.terms(caseId)}>{t('new.toList')}</ButtonLink>
    </Page>
  );
}

function Recording({ caseId }: { caseId: string }) {
  const { t } = useTranslation('consent');
  const [recorded, setRecorded] = useState<ConsentView>();
  const [hasErrors, setErrors] = useState(false);
  const agencies = useAgencies();
  const services = useServices();
  const consents = useRead<{ items: ConsentView[] }>(`/api/cases/${caseId}/consents`);
  if (recorded) return <Recorded caseId={caseId} consent={recorded} />;
  const form = (offices: Agency[], offered: Service[], known: ConsentView[]) => (
    <WithCodes lists={['consenter', 'consent_evidence', 'language']}>
      {(codes) => (
        <TermsForm
          key={caseId}
          caseId={caseId}
          agencies={offices}
          services={offered}
          lastText={known[0]?.textVersion}
          codes={codes}
          onRecorded={setRecorded}
          onErrors={setErrors}
        />
      )}
    </WithCodes>
  );
  return (
    <Page heading={t('new.title')} tab="form" hasErrors={hasErrors}>
      <Loaded read={agencies}>
        {(offices) => (
          <Loaded read={services}>
            {(offered) => <Loaded read={consents}>{(known) => form(offices.items, offered.items, known.items)}</Loaded>}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function Recorded({ caseId, consent }: { caseId: string; consent: ConsentView }) {
  const { t } = useTranslation('consent');
  const nameOf = useNameOf();
  return (
    <Page heading={t('new.done')} tab="done">
      <Notice icon="check" title={nameOf(consent.recipientAgency)}>
        <p>{t('new.doneUntil', { day: formatDate(consent.validUntil) })}</p>
      </Notice>
      <p>{t('new.doneNext')}</p>
      <ButtonRow>
        <ButtonLink to={paths.refer(caseId)}>{t('new.toRefer')}</ButtonLink>
        <ButtonLink look="plain" to={paths.terms(caseId)}>
          {t('new.toList')}
        </ButtonLink>
      </ButtonRow>
    </Page>
  );
}
