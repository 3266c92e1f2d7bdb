import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useKeeper } from '../../app/session/use-session.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useReplaceNavigate } from '../../ui/replace-link.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import type { CodesRead } from '../directory/use-codes.ts';
import { CheckPage } from './check-page.tsx';
import { currentKey } from './current.ts';
import { DraftState } from './draft-state.tsx';
import type { PageParts } from './form.ts';
import { checking, numberOf, pathOf, themePages } from './pages.ts';
import { pageOfField } from './places.ts';
import { useDraftSaver } from './use-draft-saver.ts';
import { useRegistration } from './use-registration.ts';
import type { RegistrationValues } from './values.ts';

export type RegistrationProps = {
  draftId: string;
  page: string;
  initial: RegistrationValues;
  /** A new registration of today. */
  empty: RegistrationValues;
  /** When the server last had it, ms; undefined when never. */
  savedAtMs: number | undefined;
};

/** The four theme pages and the check, over one set of values. Saved on the server after each page. */
export function Registration({ draftId, page, initial, empty, savedAtMs }: RegistrationProps) {
  const { t } = useTranslation('register');
  const navigate = useReplaceNavigate();
  const { kept } = useKeeper();
  const number = numberOf(page);
  const saver = useDraftSaver({ draftId, empty, lastSavedAtMs: savedAtMs });
  const { form, codes, reading, today, context } = useRegistration({ draftId, initial, number });
  const visits = useVisits();
  const errors = form.errors.filter(({ field = '' }) => number === checking || pageOfField(field) === number);
  useEffect(() => kept.put(currentKey, { draftId, page }), [kept, draftId, page]);

  function goTo(next: number): void {
    navigate(paths.draft(draftId, pathOf(next)));
  }
  function leavePage(values: RegistrationValues): void {
    const reached = Math.max(values.reached, number + 1);
    form.field('reached').onChange(reached);
    saver.save({ ...values, reached });
    // Whoever came back from checking the answers returns to it.
    goTo(reached >= checking ? checking : number + 1);
  }

  if (number === checking && reading.isReady)
    return <CheckPage {...{ draftId, form, codes, context, today, saver, goTo, visits }} />;
  return (
    <Page
      heading={t(`pages.${pageKey(number)}`)}
      caption={t('step', { number })}
      tab="form"
      hasErrors={errors.length > 0}
    >
      <ErrorSummary errors={errors} attempt={form.attempt + visits} />
      <DraftState saver={saver} />
      <Unready reading={reading} />
      {reading.isReady ? (
        <form noValidate onSubmit={form.submit(leavePage)}>
          <Fields number={number} form={form} codes={codes} today={today} />
          <ButtonRow>
            <Button type="submit" look="main">
              {t('next')}
            </Button>
            {number > 1 ? (
              <ButtonLink look="plain" to={paths.draft(draftId, pathOf(number - 1))}>
                {t('back')}
              </ButtonLink>
            ) : null}
          </ButtonRow>
        </form>
      ) : null}
    </Page>
  );
}

function Fields({ number, ...parts }: PageParts & { number: number }) {
  const Theme = themePages[number - 1]?.Fields;
  return Theme ? <Theme {...parts} /> : null;
}

function Unready({ reading }: { reading: CodesRead }) {
  if (reading.isReady) return null;
  return reading.problem ? <ProblemNotice problem={reading.problem} onRetry={reading.retry} /> : <Waiting />;
}

/** Counts the changes of page: each lets the error summary take the focus from the heading. */
function useVisits(): number {
  const { key } = useLocation();
  const [visits, setVisits] = useState(0);
  useEffect(() => setVisits((count) => count + 1), [key]);
  return visits;
}

function pageKey(number: number): 'safety' | 'incident' | 'person' | 'others' | 'check' {
  return (['safety', 'incident', 'person', 'others'] as const)[number - 1] ?? 'check';
}
