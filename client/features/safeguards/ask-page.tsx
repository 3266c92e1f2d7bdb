import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeptForm } from '../../app/kept/use-kept-form.ts';
import { paths } from '../../app/paths.ts';
import { useMe } from '../../app/session/use-session.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { NotesField } from '../../ui/notes-field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ReplaceLink } from '../../ui/replace-link.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { CodeRadios } from '../directory/code-fields.tsx';
import { mayOpenUrgently } from '../directory/roles.ts';
import { WithCodes } from '../directory/with-codes.tsx';
import { askKey, faultsOf, longestText, nothingAsked, type AskValues } from './ask-values.ts';
import { PasswordDialog } from './password-dialog.tsx';
import { useAsking } from './use-asking.ts';

/** Opens one case in an emergency: what that does and who is told stands before the first question. */
export function Component() {
  const { t } = useTranslation('openings');
  const { roles } = useMe().staff;
  if (mayOpenUrgently(roles)) return <Asking />;
  return (
    <Page heading={t('ask.title')} tab="form">
      <EmptyState title={t('ask.notYours')} />
    </Page>
  );
}

function Asking() {
  const { t } = useTranslation('openings');
  const [isSure, setSure] = useState(false);
  const form = useKeptForm<AskValues>(askKey, nothingAsked, {
    validate: (values) =>
      Object.fromEntries(Object.entries(faultsOf(values)).map(([field, fault]) => [field, t(`ask.${fault}`)])),
  });
  const asking = useAsking(form, () => setSure(false));
  const { problem } = asking;
  return (
    <Page heading={t('ask.title')} tab="form" hasErrors={form.errors.length > 0}>
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      {problem && !isSure && form.errors.length === 0 ? <ProblemNotice problem={problem} /> : null}
      <Notice icon="warning" title={t('ask.what')}>
        <p>{t('ask.told')}</p>
      </Notice>
      <form noValidate onSubmit={form.submit(() => setSure(true))}>
        <TextField {...form.field('code')} label={t('ask.code')} hint={t('ask.codeHint')} maxLength={20} />
        <WithCodes lists={['break_glass_reason', 'break_glass_minutes']}>
          {(codes) => (
            <>
              <CodeRadios
                {...form.field('reasonCode')}
                label={t('ask.reason')}
                codes={codes}
                list="break_glass_reason"
              />
              <NotesField {...form.field('reasonText')} label={t('ask.text')} maxLength={longestText} />
              <CodeRadios
                {...form.field('minutes')}
                label={t('ask.minutes')}
                hint={t('ask.minutesHint')}
                codes={codes}
                list="break_glass_minutes"
              />
            </>
          )}
        </WithCodes>
        <ButtonRow>
          <Button type="submit" look="main">
            {t('ask.submit')}
          </Button>
          <ButtonLink look="plain" to={paths.work}>
            {t('ask.back')}
          </ButtonLink>
        </ButtonRow>
      </form>
      <p>
        <ReplaceLink to={paths.openings}>{t('ask.mine')}</ReplaceLink>
      </p>
      {isSure ? (
        <PasswordDialog code={form.values.code.trim()} asking={asking} onCancel={() => setSure(false)} />
      ) : null}
    </Page>
  );
}
