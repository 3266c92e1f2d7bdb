import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView, ChangeCaseBody } from '../../../server/cases/cases.contract.ts';
import { useKeptForm, type KeptForm } from '../../app/kept/use-kept-form.ts';
import { useSend } from '../../app/use-send.ts';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { RadiosField } from '../../ui/radios-field.tsx';
import { SummaryList } from '../../ui/summary-list.tsx';
import { CodeCheckboxes, CodeRadios } from '../directory/code-fields.tsx';
import type { Codes } from '../directory/codes.ts';
import { useAnswers } from '../directory/use-answers.ts';
import { countingRisk, levelsBelow, riskFloor } from '../directory/risk.ts';
import { changeOf, isEmpty, mayMoveTo, rebase, valuesOf, type ChangeValues } from './change-values.ts';
import { useBackToCase } from './saved.tsx';
import { SaveRow } from './save-row.tsx';
import { StaleNotice } from './stale-notice.tsx';

export type ChangeFormProps = {
  view: CaseView;
  etag: string | null;
  codes: Codes;
  onReload: () => void;
  onErrors: (hasErrors: boolean) => void;
};

const stale = 'VERSION_STALE';

/** Sends what differs, on the version that was looked at; when somebody was quicker, both versions are in sight. */
export function ChangeForm({ view, etag, codes, onReload, onErrors }: ChangeFormProps) {
  const { t } = useTranslation('caseFile');
  const { yesNo } = useAnswers();
  const backToCase = useBackToCase(view.id);
  const slot = `change:${view.id}`;
  const [isUnchanged, setUnchanged] = useState(false);
  const form = useKeptForm<ChangeValues>(slot, valuesOf(view));
  useRebasing(form, view);
  const lists = { levels: codes.all('risk_level'), flags: codes.all('red_flag') };
  const floor = riskFloor(form.values.redFlags, lists);
  const counting = countingRisk(form.values.riskLevel, form.values.redFlags, lists);
  const change = useSend<ChangeCaseBody, CaseView>({
    name: slot,
    call: (api, body, intention) => api.patch(`/api/cases/${view.id}`, body, { intention, ifMatch: etag }),
    onSaved: () => {
      form.forget();
      backToCase({ part: 'risk', answers: [] });
    },
    onRefused: (problem) => {
      // What somebody else saved is shown beside what was typed here, which stays.
      if (problem.code === stale) onReload();
      else form.showProblem(problem);
    },
  });
  const { problem } = change;
  const generalErrors = isUnchanged ? [{ message: t('change.nothing') }] : form.errors;
  useEffect(() => onErrors(generalErrors.length > 0), [onErrors, generalErrors.length]);

  function send(values: ChangeValues): void {
    const body = changeOf(values, view, counting);
    setUnchanged(isEmpty(body));
    if (!isEmpty(body)) change.send(body);
  }
  return (
    <>
      <ErrorSummary errors={generalErrors} attempt={form.attempt} />
      {problem?.code === stale ? <Standing view={view} codes={codes} /> : null}
      {problem && problem.code !== stale && form.errors.length === 0 ? (
        <ProblemNotice problem={problem} onRetry={change.retry} />
      ) : null}
      <form noValidate onSubmit={form.submit(send)}>
        <RadiosField
          {...form.field('stage')}
          label={t('change.stage')}
          hint={t('change.stageHint')}
          choices={codes.choices('case_stage').filter(({ value }) => mayMoveTo(value, view.stage))}
        />
        <CodeCheckboxes {...form.field('redFlags')} label={t('risk.redFlags')} codes={codes} list="red_flag" />
        <CodeRadios
          {...form.field('riskLevel')}
          value={counting}
          label={t('risk.level')}
          {...(floor === '' ? {} : { hint: t('change.floor', { level: codes.name('risk_level', floor) }) })}
          codes={codes}
          list="risk_level"
          without={levelsBelow(floor, lists.levels)}
        />
        <p>{t('change.due')}</p>
        <RadiosField
          {...form.field('reportUse')}
          label={t('change.reportUse')}
          hint={t('change.reportUseHint')}
          choices={yesNo}
        />
        <SaveRow caseId={view.id} phase={change.phase} onRetry={change.retry} />
      </form>
    </>
  );
}

/** What somebody else saved, in sight of what was chosen here. */
function Standing({ view, codes }: { view: CaseView; codes: Codes }) {
  const { t } = useTranslation('caseFile');
  return (
    <StaleNotice>
      <p>{t('change.staleWhat')}</p>
      <SummaryList
        rows={[
          { label: t('risk.stage'), value: codes.name('case_stage', view.stage) },
          { label: t('risk.level'), value: codes.name('risk_level', view.risk.level) },
          { label: t('risk.redFlags'), value: codes.names('red_flag', view.risk.redFlags) || t('risk.none') },
        ]}
      />
    </StaleNotice>
  );
}

/** Follows the case: what was read anew, after a refusal or a lock, is the version that the choices are about. */
function useRebasing(form: KeptForm<ChangeValues>, view: CaseView): void {
  const { values, inner } = form;
  const { setValues } = inner;
  useEffect(() => {
    if (values.version !== view.version) setValues(rebase(values, view));
  }, [values, view, setValues]);
}
