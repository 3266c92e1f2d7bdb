import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { useKeeper, useMe } from '../../app/session/use-session.ts';
import { paths } from '../../app/paths.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { dayIn } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { emptyValues } from './empty-values.ts';
import { formKey } from './form.ts';
import { mayRegister } from '../directory/roles.ts';
import { currentKey, readCurrent } from './current.ts';

/** Begins a registration, or asks about the one that was left half way in this tab. */
export function Component() {
  const { t } = useTranslation('register');
  const { roles } = useMe().staff;
  if (mayRegister(roles)) return <Start />;
  return (
    <Page heading={t('start.title')} tab="form">
      <EmptyState title={t('start.notYours')} />
      <ButtonLink to={paths.work}>{t('done.work')}</ButtonLink>
    </Page>
  );
}

function Start() {
  const { t } = useTranslation('register');
  const { kept } = useKeeper();
  const { agency } = useMe();
  const [current] = useState(() => readCurrent(kept));
  const [draftId] = useState(() => crypto.randomUUID());
  const [isNew, setNew] = useState(current === undefined);
  if (isNew) {
    kept.put(formKey(draftId), emptyValues({ today: dayIn(Date.now()), agency }));
    kept.put(currentKey, { draftId, page: '1' });
    return <Navigate to={paths.draft(draftId, '1')} replace />;
  }
  return (
    <Page heading={t('start.title')} tab="form">
      <p>{t('start.unfinished')}</p>
      <ButtonRow>
        <ButtonLink to={paths.draft(current?.draftId ?? '', current?.page ?? '1')}>{t('start.continue')}</ButtonLink>
        <Button onClick={() => setNew(true)}>{t('start.anew')}</Button>
      </ButtonRow>
    </Page>
  );
}
