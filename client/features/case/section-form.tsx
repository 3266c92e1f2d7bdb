import { useEffect, useState, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView, ChangeCaseBody } from '../../../server/cases/cases.contract.ts';
import { useKeptForm, type FieldMessages, type KeptForm } from '../../app/kept/use-kept-form.ts';
import { useSend } from '../../app/use-send.ts';
import { dayIn } from '../../ui/dates.ts';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { Codes } from '../directory/codes.ts';
import { inWords } from '../register/fault-words.ts';
import { faultsOf } from '../register/faults.ts';
import { showErrors, type PageParts, type RegistrationForm } from '../register/form.ts';
import { placeErrors, whereShown } from '../register/places.ts';
import { isEmpty } from './change-values.ts';
import type { FactLabel } from './facts.ts';
import { useBackToCase, type Saved } from './saved.tsx';
import { rebaseSection, valuesOfSection, type SectionMapping, type SectionValues } from './section-values.ts';
import { SaveRow } from './save-row.tsx';
import { SentStays } from './sent-stays.tsx';
import { StaleNotice } from './stale-notice.tsx';

/** One part of a case that is changed on one screen. */
export type Section = SectionMapping & {
  part: Saved['part'];
  /** The key under which its values are kept through a lock. */
  slot: string;
  /** The page of the registration on which the same questions stand. */
  page: number;
  Fields: ComponentType<PageParts>;
  /** The questions whose answers differ between two versions. */
  changedAnswers?: (before: CaseView, after: CaseView) => FactLabel[];
};

export type SectionFormProps = {
  view: CaseView;
  etag: string | null;
  codes: Codes;
  section: Section;
  onReload: () => void;
  onErrors: (hasErrors: boolean) => void;
};

const stale = 'VERSION_STALE';

/** A part of a case in the fields it was registered with; sends only what differs from the case looked at. */
export function SectionForm({ view, etag, codes, section, onReload, onErrors }: SectionFormProps) {
  const { t } = useTranslation('caseFile');
  const { t: words } = useTranslation('register');
  const backToCase = useBackToCase(view.id);
  const today = dayIn(Date.now());
  const { Fields, slot } = section;
  const [general, setGeneral] = useState<readonly string[]>([]);
  const context = { today, ageBands: codes.all('age_band'), riskLevel: view.risk.level };
  const form = useKeptForm<SectionValues>(slot, valuesOfSection(section, view, today), {
    validate: (values) => inWords(faultsOf(section.page, values, context), words) as FieldMessages<SectionValues>,
  });
  useRebasing(form, section, { view, today });
  const change = useSend<ChangeCaseBody, CaseView>({
    name: slot,
    call: (api, body, intention) => api.patch(`/api/cases/${view.id}`, body, { intention, ifMatch: etag }),
    onSaved: ({ data }) => {
      form.forget();
      backToCase({ part: section.part, answers: section.changedAnswers?.(view, data) ?? [] });
    },
    onRefused: (problem) => {
      if (problem.code === stale) return onReload();
      const placed = placeErrors(problem.errors);
      setGeneral(placed.general);
      showErrors(asRegistration(form), whereShown(placed.messages, form.values));
    },
  });
  const { problem } = change;
  const errors = [...general.map((message) => ({ message })), ...form.errors];
  useEffect(() => onErrors(errors.length > 0), [onErrors, errors.length]);

  function send(values: SectionValues): void {
    const body = section.changeOf(values, { view, today });
    setGeneral(isEmpty(body) ? [t('change.nothing')] : []);
    if (!isEmpty(body)) change.send(body);
  }
  return (
    <>
      <ErrorSummary errors={errors} attempt={form.attempt + general.length} />
      {problem?.code === stale ? (
        <StaleNotice>
          <p>{t('change.staleMerged')}</p>
        </StaleNotice>
      ) : null}
      {problem && problem.code !== stale && errors.length === 0 ? (
        <ProblemNotice problem={problem} onRetry={change.retry} />
      ) : null}
      <SentStays caseId={view.id} />
      <form noValidate onSubmit={form.submit(send)}>
        <Fields form={asRegistration(form)} codes={codes} today={today} />
        <SaveRow caseId={view.id} phase={change.phase} onRetry={change.retry} />
      </form>
    </>
  );
}

/** The fields of the registration ask for its form and touch none of what is kept beside its values. */
function asRegistration(form: KeptForm<SectionValues>): RegistrationForm {
  return form as unknown as RegistrationForm;
}

type Newer = { view: CaseView; today: string };

/** Follows the case: what was read anew, after a refusal or a lock, is the version that the fields are about. */
function useRebasing(form: KeptForm<SectionValues>, section: Section, { view, today }: Newer): void {
  const { values, inner } = form;
  const { setValues } = inner;
  useEffect(() => {
    if (values.version !== view.version) setValues(rebaseSection(section, values, { view, today }));
  }, [values, view, today, section, setValues]);
}
