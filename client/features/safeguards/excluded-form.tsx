import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../server/cases/cases.contract.ts';
import type { ConflictsView } from '../../../server/safeguards/safeguards.contract.ts';
import { useKeptForm } from '../../app/kept/use-kept-form.ts';
import { paths } from '../../app/paths.ts';
import { useSend } from '../../app/use-send.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useReplaceNavigate } from '../../ui/replace-link.tsx';
import { SendState } from '../../ui/send-state.tsx';
import { excludedIn, idsOf, mostExcluded, type Excluded } from './exclusions.ts';
import { ExclusionsField } from './exclusions-field.tsx';

type Values = { exclusions: readonly Excluded[] };

export type ExcludedFormProps = {
  caseId: string;
  etag: string | null;
  bars: ConflictsView['bars'];
  onReload: () => void;
  onErrors: (hasErrors: boolean) => void;
};

/** The whole list as it shall be from now on; whom the comparison found is not in it and stays barred. */
export function ExcludedForm({ caseId, etag, bars, onReload, onErrors }: ExcludedFormProps) {
  const { t } = useTranslation('safeguards');
  const navigate = useReplaceNavigate();
  const slot = `excluded:${caseId}`;
  const form = useKeptForm<Values>(
    slot,
    { exclusions: excludedIn(bars) },
    {
      validate: ({ exclusions }) => (exclusions.length > mostExcluded ? { exclusions: t('exclusions.tooMany') } : {}),
    },
  );
  const change = useSend<Values, CaseView>({
    name: slot,
    call: (api, { exclusions }, intention) =>
      api.patch(`/api/cases/${caseId}`, { exclusions: idsOf(exclusions) }, { intention, ifMatch: etag }),
    onSaved: () => {
      form.forget();
      navigate(paths.item(caseId));
    },
    onRefused: (problem) => {
      // The choices stay; the next attempt is about the version that stands now.
      if (problem.code === 'VERSION_STALE') onReload();
      else form.showProblem(problem);
    },
  });
  const hasErrors = form.errors.length > 0;
  useEffect(() => onErrors(hasErrors), [onErrors, hasErrors]);
  return (
    <>
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      {change.problem && !hasErrors ? <ProblemNotice problem={change.problem} onRetry={change.retry} /> : null}
      <form noValidate onSubmit={form.submit(change.send)}>
        <ExclusionsField {...form.field('exclusions')} />
        <SendState phase={change.phase} onRetry={change.retry} />
        <ButtonRow>
          <Button type="submit" look="main" isBusy={change.phase === 'sending'}>
            {t('exclusions.save')}
          </Button>
          <ButtonLink look="plain" to={paths.item(caseId)}>
            {t('exclusions.back')}
          </ButtonLink>
        </ButtonRow>
      </form>
    </>
  );
}
