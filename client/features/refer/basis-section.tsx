import { useTranslation } from 'react-i18next';
import { formatDate } from '../../ui/dates.ts';
import type { FieldBinding } from '../../ui/field-id.ts';
import { NotesField } from '../../ui/notes-field.tsx';
import { RadiosField } from '../../ui/radios-field.tsx';
import type { Naming } from '../referral/with-names.tsx';
import type { ReferralOption } from './columns.ts';
import { basisOfConsent } from './share-values.ts';

export type BasisSectionProps = {
  option: ReferralOption;
  /** Codes of the legal bases open to this case. */
  legalBases: readonly string[];
  naming: Naming;
  basis: FieldBinding<string>;
  legalBasis: FieldBinding<string>;
  reason: FieldBinding<string>;
};

/** On what the sending rests: a consent that is there, one recorded now, or the law. */
export function BasisSection({ option, legalBases, naming, basis, legalBasis, reason }: BasisSectionProps) {
  const { t } = useTranslation('refer');
  const consents = option.consents.map(({ id, fields, validUntil }) => ({
    value: basisOfConsent(id),
    label: t('basis.consent', { count: fields.length, until: formatDate(validUntil) }),
  }));
  return (
    <>
      <h2>{t('basis.title')}</h2>
      <RadiosField
        {...basis}
        label={t('basis.label')}
        choices={[
          ...consents,
          { value: 'new', label: t('basis.new'), hint: t('basis.newHint') },
          { value: 'legal', label: t('basis.legal'), hint: t('basis.legalHint') },
        ]}
      />
      {basis.value === 'legal' ? (
        <>
          <RadiosField
            {...legalBasis}
            label={t('basis.legalWhich')}
            choices={naming.codes.choices('legal_basis').filter(({ value }) => legalBases.includes(value))}
          />
          <NotesField {...reason} label={t('basis.reason')} />
        </>
      ) : null}
    </>
  );
}
