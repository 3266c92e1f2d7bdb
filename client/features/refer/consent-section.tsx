import { useTranslation } from 'react-i18next';
import type { ConsentView, RecordConsentBody } from '../../../server/consent/consent.contract.ts';
import { useKeptForm } from '../../app/kept/use-kept-form.ts';
import { useSend } from '../../app/use-send.ts';
import { Button } from '../../ui/button.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { readDate } from '../../ui/date-parts.ts';
import { formatDate } from '../../ui/dates.ts';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { RadiosField } from '../../ui/radios-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { SendState } from '../../ui/send-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { Naming } from '../referral/with-names.tsx';
import type { ReferralOption } from './columns.ts';
import { consentBodyOf, consentFaultsOf, initialConsent, type ConsentValues } from './consent-values.ts';
import { addDays, consentDays } from './periods.ts';
import './refer.css';

export type ConsentSectionProps = {
  caseId: string;
  option: ReferralOption;
  fields: readonly string[];
  /** A child does not consent alone. */
  isChild: boolean;
  today: string;
  naming: Naming;
  onRecorded: (consent: ConsentView) => void;
};

/** A consent asked for and recorded on the spot: to this agency, of exactly the fields that would be sent. */
export function ConsentSection(props: ConsentSectionProps) {
  const { t } = useTranslation('refer');
  const { t: say } = useTranslation('ui');
  const { caseId, option, fields, today, naming } = props;
  const slot = `consent:${caseId}:${option.agency.id}`;
  const form = useKeptForm<ConsentValues>(slot, initialConsent(today), {
    validate: (values) => {
      const faults = consentFaultsOf(values, { fields, today });
      const { explainedOn, ...rest } = faults;
      const words = Object.entries(rest).map(([name, fault]) => [name, t(`consent.fault.${fault}`)]);
      return { ...Object.fromEntries(words), ...(explainedOn ? { explainedOn: say(`date.${explainedOn}`) } : {}) };
    },
  });
  const recording = useSend<RecordConsentBody, ConsentView>({
    name: slot,
    call: (api, body, intention) => api.post(`/api/cases/${caseId}/consents`, body, { intention }),
    onSaved: ({ data }) => {
      form.forget();
      props.onRecorded(data);
    },
    onRefused: form.showProblem,
  });
  return (
    <section className="inset" aria-label={t('consent.title')}>
      <h3>{t('consent.title')}</h3>
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      {recording.problem && form.errors.length === 0 ? (
        <ProblemNotice problem={recording.problem} onRetry={recording.retry} />
      ) : null}
      <p>{t('consent.read')}</p>
      <blockquote>
        {t('consent.statement', {
          agency: naming.agency(option.agency),
          fields: fields.map(naming.field).join('; '),
          until: formatDate(form.values.validUntil),
        })}
      </blockquote>
      <form
        noValidate
        onSubmit={form.submit((values) =>
          recording.send(consentBodyOf(values, { agencyId: option.agency.id, fields, dayOf })),
        )}
      >
        <ConsentFields {...props} form={form} />
        <SendState phase={recording.phase} onRetry={recording.retry} />
        <Button type="submit" look="main" isBusy={recording.phase === 'sending'}>
          {t(recording.phase === 'sending' ? 'consent.recording' : 'consent.record')}
        </Button>
      </form>
    </section>
  );
}

type FieldsProps = ConsentSectionProps & { form: ReturnType<typeof useKeptForm<ConsentValues>> };

function ConsentFields({ naming, isChild, today, form }: FieldsProps) {
  const { t } = useTranslation('refer');
  const consenters = naming.codes.choices('consenter').filter(({ value }) => !isChild || value !== 'SELF');
  return (
    <>
      <RadiosField {...form.field('consenter')} label={t('consent.consenter')} choices={consenters} />
      <RadiosField
        {...form.field('evidence')}
        label={t('consent.evidence')}
        choices={naming.codes.choices('consent_evidence')}
      />
      {form.values.evidence === 'VERBAL_WITNESSED' ? (
        <TextField
          {...form.field('witness')}
          label={t('consent.witness')}
          hint={t('consent.witnessHint')}
          maxLength={120}
        />
      ) : null}
      <RadiosField
        {...form.field('validUntil')}
        label={t('consent.until')}
        choices={consentDays.map((days) => {
          const day = addDays(today, days);
          return { value: day, label: t('consent.days', { count: days, day: formatDate(day) }) };
        })}
      />
      <SelectField
        {...form.field('language')}
        label={t('consent.language')}
        choices={naming.codes.choices('language')}
      />
      <DateField {...form.field('explainedOn')} label={t('consent.explainedOn')} />
    </>
  );
}

/** Checked before: an unreal day never comes this far. */
function dayOf(values: ConsentValues): string {
  const reading = readDate(values.explainedOn);
  return 'iso' in reading ? reading.iso : '';
}
