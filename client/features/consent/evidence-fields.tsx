import { useTranslation } from 'react-i18next';
import type { KeptForm } from '../../app/kept/use-kept-form.ts';
import { DateField } from '../../ui/date-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { CodeRadios } from '../directory/code-fields.tsx';
import type { Codes } from '../directory/codes.ts';
import { verbal, type TermsValues } from './terms-values.ts';

export type EvidenceFieldsProps = { form: KeptForm<TermsValues>; codes: Codes; isChild: boolean };

/** Until when it holds, who agreed, and how that can be proved. */
export function EvidenceFields({ form, codes, isChild }: EvidenceFieldsProps) {
  const { t } = useTranslation('consent');
  return (
    <>
      <DateField {...form.field('validUntil')} label={t('new.until')} />
      <CodeRadios
        {...form.field('consenter')}
        label={t('terms.consenter')}
        codes={codes}
        list="consenter"
        without={isChild ? ['SELF'] : []}
        {...(isChild ? { hint: t('new.childHint') } : {})}
      />
      <CodeRadios {...form.field('evidence')} label={t('terms.evidence')} codes={codes} list="consent_evidence" />
      {form.values.evidence === verbal ? (
        <TextField {...form.field('witness')} label={t('terms.witness')} hint={t('new.witnessHint')} maxLength={120} />
      ) : null}
      <SelectField {...form.field('language')} label={t('terms.language')} choices={codes.choices('language')} />
      <DateField {...form.field('explainedOn')} label={t('terms.explainedOn')} />
      <TextField {...form.field('textVersion')} label={t('terms.text')} hint={t('new.textHint')} maxLength={40} />
      <TextField
        {...form.field('excluded')}
        label={t('terms.excluded')}
        hint={t('new.excludedHint')}
        isOptional
        maxLength={500}
      />
    </>
  );
}
