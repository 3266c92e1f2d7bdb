import { useTranslation } from 'react-i18next';
import { useState } from 'react';
import type { CaseLine } from '../../../server/cases/cases.contract.ts';
import { useKeptForm, type KeptForm } from '../../app/kept/use-kept-form.ts';
import { useSend } from '../../app/use-send.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { RadiosField } from '../../ui/radios-field.tsx';
import { SendState } from '../../ui/send-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { missingOf, nothingWanted, wantedOf, type FindValues } from './criteria.ts';
import { FoundLines } from './found-lines.tsx';

type Answer = { items: CaseLine[]; count: number };
/** What was found, and the code it was looked up by; '' for another criterion. */
type Found = { items: CaseLine[]; code: string };

const key = 'find';

/** Exact look-up by one full criterion. Nothing partial, nothing in an address, and every look-up is recorded. */
export function Component() {
  const { t } = useTranslation('find');
  const [found, setFound] = useState<Found | undefined>(undefined);
  const form = useKeptForm<FindValues>(key, nothingWanted, {
    validate: (values) => Object.fromEntries(missingOf(values).map((name) => [name, t(`missing.${name as 'code'}`)])),
  });
  const look = useSend<FindValues, Answer>({
    name: key,
    call: (api, values) => api.post('/api/cases/search', wantedOf(values)),
    onSaved: ({ data }) => setFound({ items: data.items, code: form.values.by === 'code' ? form.values.code : '' }),
    onRefused: form.showProblem,
  });
  return (
    <Page heading={t('title')} tab="search" hasErrors={form.errors.length > 0}>
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      {look.problem && form.errors.length === 0 ? <ProblemNotice problem={look.problem} onRetry={look.retry} /> : null}
      <Notice title={t('recorded')}>
        <p>{t('recordedWhy')}</p>
      </Notice>
      <form noValidate onSubmit={form.submit(look.send)}>
        <RadiosField
          {...form.field('by')}
          label={t('by')}
          choices={CRITERIA.map((value) => ({ value, label: t(`criterion.${value}`) }))}
        />
        <Fields form={form} />
        <SendState phase={look.phase} onRetry={look.retry} />
        <ButtonRow>
          <Button type="submit" look="main" isBusy={look.phase === 'sending'}>
            {t('look')}
          </Button>
        </ButtonRow>
      </form>
      {found === undefined || look.phase === 'sending' ? null : <FoundLines lines={found.items} code={found.code} />}
    </Page>
  );
}

const CRITERIA = ['code', 'person', 'phone', 'identityNumber'] as const;

function Fields({ form }: { form: KeptForm<FindValues> }) {
  const { t } = useTranslation('find');
  switch (form.values.by) {
    case 'person':
      return (
        <>
          <TextField {...form.field('fullName')} label={t('fullName')} hint={t('fullNameHint')} />
          <TextField {...form.field('birthYear')} label={t('birthYear')} inputMode="numeric" />
        </>
      );
    case 'phone':
      return <TextField {...form.field('phone')} label={t('phone')} inputMode="tel" />;
    case 'identityNumber':
      return (
        <TextField
          {...form.field('identityNumber')}
          label={t('identityNumber')}
          hint={t('identityNumberHint')}
          inputMode="numeric"
        />
      );
    default:
      return <TextField {...form.field('code')} label={t('code')} hint={t('codeHint')} />;
  }
}
