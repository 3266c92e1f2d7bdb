import { useTranslation } from 'react-i18next';
import type { KeptForm } from '../../app/kept/use-kept-form.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button } from '../../ui/button.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import type { Choice } from '../../ui/field-id.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useAgencies, useNameOf } from '../directory/use-directory.ts';
import { actions } from './actions.ts';
import { noFilter, READS, type AuditFilter } from './audit-filter.ts';
import { PersonField } from './person-field.tsx';
import { SlotNote } from './slot-note.tsx';
import type { AuditWords } from './use-audit-words.ts';
import { usePeriods } from './use-periods.ts';
import { useStaff } from './use-staff.ts';

export type FilterFormProps = {
  form: KeptForm<AuditFilter>;
  words: AuditWords;
  onSearch: (filter: AuditFilter) => void;
};

/** The conditions; the two that answer "who read this case in March?" come first. */
export function FilterForm({ form, words, onSearch }: FilterFormProps) {
  const { t } = useTranslation('audit');
  const people = useStaff();
  const agencies = useAgencies();
  const nameOf = useNameOf();
  const offices = (agencies.data?.data.items ?? []).map((agency) => ({ value: agency.id, label: nameOf(agency) }));
  const deeds = actions.map((action) => ({ value: action, label: words.deed(action) }));
  return (
    <form noValidate aria-label={t('filter.title')} onSubmit={form.submit(onSearch)}>
      <p>{t('filter.allOptional')}</p>
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      <div className="audit-conditions">
        <TextField {...form.field('case')} label={t('filter.case')} hint={t('filter.caseHint')} />
        <SelectField {...form.field('period')} label={t('filter.period')} choices={usePeriods(form.values.exact)} />
      </div>
      {form.values.period === 'custom' ? (
        <div className="audit-conditions">
          <DateField {...form.field('from')} label={t('filter.from')} />
          <DateField {...form.field('to')} label={t('filter.to')} />
        </div>
      ) : null}
      <SlotNote slot={form.values.slot} onClear={() => form.inner.setValues({ slot: '' })} />
      <PersonField {...form.field('actor')} people={people} />
      <div className="audit-conditions">
        <SelectField
          {...form.field('action')}
          label={t('filter.action')}
          choices={[{ value: READS, label: t('filter.reads') }, ...deeds.toSorted(byLabel)]}
        />
        <SelectField {...form.field('agency')} label={t('filter.agency')} choices={offices.toSorted(byLabel)} />
        <SelectField {...form.field('outcome')} label={t('filter.outcome')} choices={useOutcomes()} />
      </div>
      <ButtonRow>
        <Button type="submit" look="main">
          {t('filter.submit')}
        </Button>
        <Button look="quiet" onClick={() => form.inner.setValues(noFilter)}>
          {t('filter.clear')}
        </Button>
      </ButtonRow>
    </form>
  );
}

function byLabel(a: Choice, b: Choice): number {
  return a.label.localeCompare(b.label, 'vi');
}

function useOutcomes(): Choice[] {
  const { t } = useTranslation('audit');
  return (['done', 'refused', 'failed'] as const).map((value) => ({ value, label: t(`outcome.${value}`) }));
}
