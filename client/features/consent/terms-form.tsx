import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsentView } from '../../../server/consent/consent.contract.ts';
import type { Agency, Service } from '../../../server/directory/directory.contract.ts';
import type { KeptForm } from '../../app/kept/use-kept-form.ts';
import { paths } from '../../app/paths.ts';
import { useMe } from '../../app/session/use-session.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { formatDate } from '../../ui/dates.ts';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { SendState } from '../../ui/send-state.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import type { Codes } from '../directory/codes.ts';
import { useNameOf } from '../directory/use-directory.ts';
import { EvidenceFields } from './evidence-fields.tsx';
import { SharedFields } from './shared-fields.tsx';
import { mayBeShared } from './shares.ts';
import { dayOf, termsBodyOf, type TermsValues } from './terms-values.ts';
import { useShares, type Shares } from './use-shares.ts';
import { useTerms, useUsualFields } from './use-terms.ts';
import { WhoSees } from './who-sees.tsx';

export type TermsFormProps = {
  caseId: string;
  agencies: readonly Agency[];
  services: readonly Service[];
  /** The printed text that was used last in this case. */
  lastText: string | undefined;
  codes: Codes;
  onRecorded: (consent: ConsentView) => void;
  onErrors: (hasErrors: boolean) => void;
};

/** To whom, what, until when, and how it is proved; then who will see what. */
export function TermsForm({ caseId, agencies, services, lastText, codes, onRecorded, onErrors }: TermsFormProps) {
  const { t } = useTranslation('consent');
  const nameOf = useNameOf();
  const { agency: own } = useMe();
  const { form, recording } = useTerms({ caseId, lastText, onRecorded });
  const agency = agencies.find(({ id }) => id === form.values.agencyId);
  const shares = useShares({ caseId, agency, services });
  useUsualFields(form, shares.fields);
  const hasErrors = form.errors.length > 0;
  useEffect(() => onErrors(hasErrors), [onErrors, hasErrors]);
  const offices = agencies.filter(({ id, services: offered }) => id !== own.id && offered.length > 0);
  return (
    <>
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      {recording.problem && !hasErrors ? <ProblemNotice problem={recording.problem} onRetry={recording.retry} /> : null}
      <p>{t('new.why')}</p>
      <form noValidate onSubmit={form.submit((values) => recording.send(termsBodyOf(values)))}>
        <SelectField
          {...form.field('agencyId')}
          label={t('new.agency')}
          choices={offices.map((office) => ({ value: office.id, label: nameOf(office) }))}
        />
        {agency ? <WhatPart form={form} shares={shares} /> : null}
        <EvidenceFields form={form} codes={codes} isChild={shares.isChild} />
        {agency ? <WhoPart form={form} shares={shares} recipient={nameOf(agency)} /> : null}
        <SendState phase={recording.phase} onRetry={recording.retry} />
        <ButtonRow>
          <Button type="submit" look="main" isBusy={recording.phase === 'sending'}>
            {t('new.save')}
          </Button>
          <ButtonLink look="plain" to={paths.terms(caseId)}>
            {t('new.back')}
          </ButtonLink>
        </ButtonRow>
      </form>
    </>
  );
}

type PartProps = { form: KeptForm<TermsValues>; shares: Shares };

function WhatPart({ form, shares }: PartProps) {
  if (shares.problem) return <ProblemNotice problem={shares.problem} onRetry={shares.retry} />;
  if (!shares.fields) return <Waiting />;
  return <SharedFields {...form.field('fields')} fields={mayBeShared(shares.fields)} />;
}

function WhoPart({ form, shares, recipient }: PartProps & { recipient: string }) {
  if (!shares.fields) return null;
  const until = dayOf(form.values.validUntil);
  return (
    <WhoSees
      fields={shares.fields}
      chosen={form.values.fields}
      recipient={recipient}
      until={until === '' ? '–' : formatDate(until)}
    />
  );
}
