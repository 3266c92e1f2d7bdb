import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { Asking } from './use-asking.ts';

export type PasswordDialogProps = { code: string; asking: Asking; onCancel: () => void };

/** The last question before a case opens: the password proves that the person is still the one who signed in. */
export function PasswordDialog({ code, asking, onCancel }: PasswordDialogProps) {
  const { t } = useTranslation('openings');
  const [password, setPassword] = useState('');
  const [empties, setEmpties] = useState(0);
  const isEmptyRefused = empties > 0 && password === '';
  const message = isEmptyRefused ? t('ask.noPassword') : asking.isWrongPassword ? t('ask.wrongPassword') : undefined;
  function confirm(): void {
    if (password === '') setEmpties((count) => count + 1);
    else asking.open(password);
  }
  const { problem, isWrongPassword } = asking;
  return (
    <ConfirmDialog
      isOpen
      heading={t('ask.sure', { code })}
      confirmLabel={t('ask.sureOpen')}
      isBusy={asking.isBusy}
      onConfirm={confirm}
      onCancel={onCancel}
    >
      <ErrorSummary
        errors={message === undefined || asking.isBusy ? [] : [{ field: 'password', message }]}
        attempt={asking.attempt + empties}
      />
      <p>{t('ask.sureWhat')}</p>
      {problem && !isWrongPassword ? <ProblemNotice problem={problem} onRetry={asking.retry} /> : null}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <PasswordField
          name="password"
          label={t('ask.password')}
          value={password}
          onChange={setPassword}
          error={message}
        />
      </form>
    </ConfirmDialog>
  );
}
