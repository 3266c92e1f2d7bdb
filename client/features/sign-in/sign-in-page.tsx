import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { signIn } from '../../app/session/session.ts';
import type { SignedOutReason } from '../../app/session/session.types.ts';
import { useAttempt } from '../../app/session/use-attempt.ts';
import { useKeeper } from '../../app/session/use-session.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorSummary, type SummaryError } from '../../ui/error-summary.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { TextField } from '../../ui/text-field.tsx';

export function SignInPage({ reason }: { reason: SignedOutReason }) {
  const { t } = useTranslation('access');
  const keeper = useKeeper();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const attempt = useAttempt({
    failed: t('signIn.failed'),
    unreachable: t('unreachable', { ns: 'shell' }),
    passwordField: 'password',
  });
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    const missing: SummaryError[] = [];
    if (username.trim() === '') missing.push({ field: 'username', message: t('signIn.noUsername') });
    if (password === '') missing.push({ field: 'password', message: t('signIn.noPassword') });
    if (missing.length > 0) attempt.refuse(missing);
    else attempt.run(() => signIn(keeper, { username: username.trim(), password }));
  }
  function errorOf(field: string): string | undefined {
    return attempt.errors.find((each) => each.field === field)?.message;
  }
  return (
    <Page heading={t('signIn.title')} tab="signIn" hasErrors={attempt.errors.length > 0}>
      <ErrorSummary errors={attempt.errors} attempt={attempt.count} />
      {reason === 'fresh' ? null : <Notice title={t(reason === 'ended' ? 'signIn.ended' : 'signIn.signedOut')} />}
      <form noValidate onSubmit={submit}>
        <TextField
          name="username"
          label={t('signIn.username')}
          value={username}
          onChange={setUsername}
          error={errorOf('username')}
          autoComplete="username"
        />
        <PasswordField
          name="password"
          label={t('signIn.password')}
          value={password}
          onChange={setPassword}
          error={errorOf('password')}
        />
        <p>{t('signIn.failedAdvice')}</p>
        <ButtonRow>
          <Button type="submit" look="main" isBusy={attempt.isBusy}>
            {attempt.isBusy ? t('busy') : t('signIn.submit')}
          </Button>
        </ButtonRow>
      </form>
    </Page>
  );
}
