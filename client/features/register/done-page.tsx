import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useKeeper } from '../../app/session/use-session.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { registeredKey, type Registered } from './current.ts';

/** It is registered: the code to write down, and the next step. */
export function DonePage({ draftId }: { draftId: string }) {
  const { t } = useTranslation('register');
  const { kept } = useKeeper();
  const registered = kept.get(registeredKey(draftId)) as Registered | undefined;
  if (!registered) return <Navigate to={paths.work} replace />;
  if (registered.code === '') return <HandedOver />;
  return (
    <Page heading={t('done.title')} tab="done">
      <Notice icon="check" title={t('done.code', { code: registered.code })}>
        <p>{t('done.keep')}</p>
      </Notice>
      <p>{t('done.next')}</p>
      <ButtonRow>
        <ButtonLink to={paths.refer(registered.id)}>{t('done.refer')}</ButtonLink>
        <ButtonLink look="plain" to={paths.item(registered.id)}>
          {t('done.open')}
        </ButtonLink>
        <ButtonLink look="quiet" to={paths.work}>
          {t('done.work')}
        </ButtonLink>
      </ButtonRow>
    </Page>
  );
}

/** Received, and in a supervisor's hands: there is nothing here for the registering person to open. */
function HandedOver() {
  const { t } = useTranslation('register');
  return (
    <Page heading={t('done.title')} tab="done">
      <Notice icon="check" title={t('done.handedOver')}>
        <p>{t('done.handedOverMore')}</p>
      </Notice>
      <ButtonRow>
        <ButtonLink to={paths.work}>{t('done.work')}</ButtonLink>
      </ButtonRow>
    </Page>
  );
}
