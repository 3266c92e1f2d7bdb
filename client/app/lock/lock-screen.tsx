import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { Page } from '../../ui/page.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { unlock } from '../session/session.ts';
import type { Me } from '../session/session.types.ts';
import { useKeeper } from '../session/use-session.ts';
import { useAttempt } from '../session/use-attempt.ts';

/** All that is left on a locked screen: one field. */
export function LockScreen({ me }: { me: Me | null }) {
  const { t } = useTranslation('access');
  const keeper = useKeeper();
  const [password, setPassword] = useState('');
  const attempt = useAttempt({ failed: t('lock.failed'), unreachable: t('lock.offline'), passwordField: 'password' });
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    if (password === '') attempt.refuse([{ field: 'password', message: t('signIn.noPassword') }]);
    else attempt.run(() => unlock(keeper, password));
  }
  const error = attempt.errors.find((each) => each.field === 'password')?.message;
  return (
    <Page heading={t('lock.title')} tab="locked" hasErrors={attempt.errors.length > 0}>
      <ErrorSummary errors={attempt.errors} attempt={attempt.count} />
      <p>
        {me ? t('lock.whose', { name: me.staff.displayName }) : null} {t('lock.why')}
      </p>
      <form noValidate onSubmit={submit}>
        <PasswordField
          name="password"
          label={t('lock.password')}
          value={password}
          onChange={setPassword}
          error={error}
        />
        {me ? <p>{t('lock.limit', { count: Math.round(me.session.lockedEndMs / 60_000) })}</p> : null}
        <ButtonRow>
          <Button type="submit" look="main" isBusy={attempt.isBusy}>
            {attempt.isBusy ? t('busy') : t('lock.submit')}
          </Button>
        </ButtonRow>
      </form>
    </Page>
  );
}
