import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingView, RecordFindingBody } from '../../../server/audit/findings.contract.ts';
import { useKeptForm } from '../../app/kept/use-kept-form.ts';
import { paths } from '../../app/paths.ts';
import { useSend } from '../../app/use-send.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { NotesField } from '../../ui/notes-field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useReplaceNavigate } from '../../ui/replace-link.tsx';
import { SendState } from '../../ui/send-state.tsx';
import { SummaryList } from '../../ui/summary-list.tsx';
import { useNameOf } from '../directory/use-directory.ts';
import type { Selection } from './selection.ts';

type Values = { note: string; question: string };

export type NewFindingFormProps = { selection: Selection; onErrors: (hasErrors: boolean) => void };

/** What the finding is about, what is to be followed up, and the question if one is asked at once. */
export function NewFindingForm({ selection, onErrors }: NewFindingFormProps) {
  const { t } = useTranslation('review');
  const navigate = useReplaceNavigate();
  const key = `finding:${selection.events.map(({ id }) => id).join()}`;
  const form = useKeptForm<Values>(
    key,
    { note: '', question: '' },
    {
      validate: ({ note, question }) => ({
        ...(note.trim() === '' ? { note: t('fresh.noNote') } : {}),
        ...(selection.isAsking && question.trim() === '' ? { question: t('fresh.noQuestion') } : {}),
      }),
    },
  );
  const saving = useSend<Values, FindingView>({
    name: key,
    call: (api, values, intention) => api.post('/api/audit/findings', bodyOf(selection, values), { intention }),
    onSaved: ({ data }) => {
      form.forget();
      navigate(paths.check(data.id));
    },
    onRefused: form.showProblem,
  });
  const hasErrors = form.errors.length > 0;
  useEffect(() => onErrors(hasErrors), [onErrors, hasErrors]);
  const isAsking = form.values.question.trim() !== '';
  return (
    <>
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      {saving.problem && !hasErrors ? <ProblemNotice problem={saving.problem} onRetry={saving.retry} /> : null}
      <About selection={selection} />
      <form noValidate onSubmit={form.submit(saving.send)}>
        <NotesField {...form.field('note')} label={t('fresh.note')} maxLength={1000} />
        <NotesField
          {...form.field('question')}
          label={t('fresh.question')}
          isOptional={!selection.isAsking}
          maxLength={1000}
        />
        <p>{t('fresh.sealed')}</p>
        <SendState phase={saving.phase} onRetry={saving.retry} />
        <ButtonRow>
          <Button type="submit" look="main" isBusy={saving.phase === 'sending'}>
            {t(isAsking || selection.isAsking ? 'fresh.submitAsk' : 'fresh.submit')}
          </Button>
          <ButtonLink look="quiet" to={paths.overview}>
            {t('findings.toOverview')}
          </ButtonLink>
        </ButtonRow>
      </form>
    </>
  );
}

function About({ selection: { actor, rule, events } }: { selection: Selection }) {
  const { t } = useTranslation('review');
  const nameOf = useNameOf();
  const [first] = events;
  const what =
    events.length === 1 && first?.sentence ? first.sentence : t('fresh.eventCount', { count: events.length });
  return (
    <SummaryList
      rows={[
        { label: t('fresh.person'), value: `${actor.displayName} (${nameOf(actor.agency)})` },
        ...(rule === null ? [] : [{ label: t('fresh.rule'), value: nameOf(rule) }]),
        { label: t('fresh.events'), value: what },
      ]}
    />
  );
}

function bodyOf({ actor, events, rule }: Selection, { note, question }: Values): RecordFindingBody {
  return {
    actorId: actor.id,
    eventIds: events.map(({ id }) => id),
    ...(rule === null ? {} : { rule: rule.code }),
    note: note.trim(),
    ...(question.trim() === '' ? {} : { question: question.trim() }),
  };
}
