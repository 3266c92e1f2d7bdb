import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView, ChangeCaseBody } from '../../../server/cases/cases.contract.ts';
import { useKeptForm, type FieldMessages, type KeptForm } from '../../app/kept/use-kept-form.ts';
import { paths } from '../../app/paths.ts';
import { useSend } from '../../app/use-send.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { dayIn } from '../../ui/dates.ts';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useReplaceNavigate } from '../../ui/replace-link.tsx';
import { SendState } from '../../ui/send-state.tsx';
import type { Codes } from '../directory/codes.ts';
import { inWords } from '../register/fault-words.ts';
import { faultsOf } from '../register/faults.ts';
import { showErrors, type RegistrationForm } from '../register/form.ts';
import { OtherPeople } from '../register/page-others.tsx';
import { PersonPage } from '../register/page-person.tsx';
import { placeErrors } from '../register/places.ts';
import { isEmpty } from './change-values.ts';
import { peopleChange, rebasePeople, valuesOfPeople, type PeoplePart, type PeopleValues } from './people-values.ts';

export type PeopleFormProps = {
  view: CaseView;
  etag: string | null;
  codes: Codes;
  part: PeoplePart;
  onReload: () => void;
  onErrors: (hasErrors: boolean) => void;
};

const stale = 'VERSION_STALE';
/** The page of the registration on which the same questions stand. */
const pageOf: Readonly<Record<PeoplePart, number>> = { person: 3, others: 4 };

/** The people of a case in the fields they were registered with; sends only the section that changed. */
export function PeopleForm({ view, etag, codes, part, onReload, onErrors }: PeopleFormProps) {
  const { t } = useTranslation('caseFile');
  const { t: words } = useTranslation('register');
  const navigate = useReplaceNavigate();
  const today = dayIn(Date.now());
  const slot = `people:${part}:${view.id}`;
  const [general, setGeneral] = useState<readonly string[]>([]);
  const context = { today, ageBands: codes.all('age_band'), riskLevel: view.risk.level };
  const form = useKeptForm<PeopleValues>(slot, valuesOfPeople(view, today), {
    validate: (values) => inWords(faultsOf(pageOf[part], values, context), words) as FieldMessages<PeopleValues>,
  });
  useRebasing(form, view, today);
  const change = useSend<ChangeCaseBody, CaseView>({
    name: slot,
    call: (api, body, intention) => api.patch(`/api/cases/${view.id}`, body, { intention, ifMatch: etag }),
    onSaved: () => {
      form.forget();
      navigate(paths.item(view.id));
    },
    onRefused: (problem) => {
      if (problem.code === stale) return onReload();
      const placed = placeErrors(problem.errors);
      setGeneral(placed.general);
      showErrors(asRegistration(form), placed.messages);
    },
  });
  const { problem } = change;
  const errors = [...general.map((message) => ({ message })), ...form.errors];
  useEffect(() => onErrors(errors.length > 0), [onErrors, errors.length]);

  function send(values: PeopleValues): void {
    const body = peopleChange(values, { view, part, today });
    setGeneral(isEmpty(body) ? [t('change.nothing')] : []);
    if (!isEmpty(body)) change.send(body);
  }
  const Fields = part === 'person' ? PersonPage : OtherPeople;
  return (
    <>
      <ErrorSummary errors={errors} attempt={form.attempt + general.length} />
      {problem?.code === stale ? <Overtaken /> : null}
      {problem && problem.code !== stale && errors.length === 0 ? (
        <ProblemNotice problem={problem} onRetry={change.retry} />
      ) : null}
      <form noValidate onSubmit={form.submit(send)}>
        <Fields form={asRegistration(form)} codes={codes} today={today} />
        <SendState phase={change.phase} onRetry={change.retry} />
        <ButtonRow>
          <Button type="submit" look="main" isBusy={change.phase === 'sending'}>
            {t('change.save')}
          </Button>
          <ButtonLink look="plain" to={paths.item(view.id)}>
            {t('change.back')}
          </ButtonLink>
        </ButtonRow>
      </form>
    </>
  );
}

/** The fields of the registration ask for its form and touch none of what is kept beside its values. */
function asRegistration(form: KeptForm<PeopleValues>): RegistrationForm {
  return form as unknown as RegistrationForm;
}

/** Somebody else saved in the meantime: what was typed is still here, and nothing of it is saved yet. */
function Overtaken() {
  const { t } = useTranslation('caseFile');
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <div ref={ref} tabIndex={-1} role="alert">
      <Notice icon="warning" title={t('change.stale')}>
        <p>{t('people.stale')}</p>
      </Notice>
    </div>
  );
}

/** Follows the case: what was read anew, after a refusal or a lock, is the version that the fields are about. */
function useRebasing(form: KeptForm<PeopleValues>, view: CaseView, today: string): void {
  const { values, inner } = form;
  const { setValues } = inner;
  useEffect(() => {
    if (values.version !== view.version) setValues(rebasePeople(values, view, today));
  }, [values, view, today, setValues]);
}
