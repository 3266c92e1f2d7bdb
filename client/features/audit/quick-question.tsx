import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { useKeptForm } from '../../app/kept/use-kept-form.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { READS } from './audit-filter.ts';
import { useOpenLog } from './use-open-log.ts';
import { usePeriods } from './use-periods.ts';

/** The question that auditors ask most: who has looked at this case, and when? */
export function QuickQuestion() {
  const { t } = useTranslation('review');
  const openLog = useOpenLog();
  const form = useKeptForm(
    'quick-question',
    { case: '', period: '' },
    { validate: (values) => (values.case.trim() === '' ? { case: t('quick.noCase') } : {}) },
  );
  const periods = usePeriods().filter(({ value }) => value !== 'custom');
  return (
    <section aria-labelledby="quick-heading">
      <h2 id="quick-heading">{t('quick.title')}</h2>
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      <form
        noValidate
        aria-labelledby="quick-heading"
        onSubmit={form.submit((values) => openLog({ case: values.case, period: values.period, action: READS }))}
      >
        <div className="audit-conditions">
          <TextField {...form.field('case')} label={t('quick.case')} hint={t('quick.hint')} />
          <SelectField
            {...form.field('period')}
            label={t('quick.period')}
            emptyLabel={t('quick.anyTime')}
            choices={periods}
          />
        </div>
        <ButtonRow>
          <Button type="submit" look="main">
            {t('quick.submit')}
          </Button>
          <ButtonLink look="quiet" to={paths.log}>
            {t('quick.more')}
          </ButtonLink>
        </ButtonRow>
      </form>
    </section>
  );
}
