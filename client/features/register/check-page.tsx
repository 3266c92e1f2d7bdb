import { useTranslation } from 'react-i18next';
import { DONE_BEFORE, type ApiProblem } from '../../app/api/problem.ts';
import { paths } from '../../app/paths.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SendState } from '../../ui/send-state.tsx';
import type { Codes } from '../directory/codes.ts';
import { WithCodes } from '../directory/with-codes.tsx';
import { CheckAnswers } from './check-answers.tsx';
import { checkListsFor } from './check-rows.ts';
import { DraftState } from './draft-state.tsx';
import type { FaultsContext } from './faults.ts';
import type { RegistrationForm } from './form.ts';
import { pathOf } from './pages.ts';
import type { DraftSaver } from './use-draft-saver.ts';
import { useRegister } from './use-register.ts';
import type { RegistrationValues } from './values.ts';

export type CheckPageProps = {
  draftId: string;
  form: RegistrationForm;
  codes: Codes;
  context: (values: RegistrationValues) => FaultsContext;
  today: string;
  saver: DraftSaver;
  goTo: (number: number) => void;
  visits: number;
};

/** Everything once more before it is registered, each answer with its way back. */
export function CheckPage(props: CheckPageProps) {
  const { draftId, form, saver, today, visits } = props;
  const { t } = useTranslation('register');
  const { register, confirm, general } = useRegister(props);
  const { phase, problem } = register;
  const isDoneBefore = problem?.code === DONE_BEFORE;
  return (
    <Page heading={t('pages.check')} caption={t('checkCaption')} tab="check" hasErrors={general.length > 0}>
      <ErrorSummary errors={general.map((message) => ({ message }))} attempt={visits} />
      {problem && general.length === 0 ? <Trouble problem={problem} onRetry={register.retry} /> : null}
      <DraftState saver={saver} />
      <WithCodes lists={checkListsFor(form.values)}>
        {(codes) => <CheckAnswers draftId={draftId} values={form.values} codes={codes} today={today} />}
      </WithCodes>
      <p>{t('check.whatHappens')}</p>
      <SendState phase={phase} onRetry={register.retry} />
      <ButtonRow>
        {isDoneBefore ? (
          <>
            <ButtonLink to={paths.work}>{t('check.seeList')}</ButtonLink>
            <Button onClick={register.startAnew}>{t('check.another')}</Button>
          </>
        ) : (
          <>
            <Button look="main" isBusy={phase === 'sending'} onClick={confirm}>
              {t('check.confirm')}
            </Button>
            <ButtonLink look="plain" to={paths.draft(draftId, pathOf(4))}>
              {t('back')}
            </ButtonLink>
          </>
        )}
      </ButtonRow>
    </Page>
  );
}

function Trouble({ problem, onRetry }: { problem: ApiProblem; onRetry: () => void }) {
  const { t } = useTranslation('register');
  if (problem.code !== DONE_BEFORE) return <ProblemNotice problem={problem} onRetry={onRetry} />;
  return (
    <div role="alert">
      <Notice icon="warning" title={t('check.doneBefore')}>
        <p>{t('check.doneBeforeAdvice')}</p>
      </Notice>
    </div>
  );
}
