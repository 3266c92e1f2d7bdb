import { useTranslation } from 'react-i18next';
import { FieldGroup } from '../../ui/field-group.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { RegistrationForm } from './form.ts';

/** Everything here is optional: help does not wait for papers. */
export function IdentityFields({ form }: { form: RegistrationForm }) {
  const { t } = useTranslation('register');
  return (
    <>
      <TextField {...form.field('fullName')} label={t('identity.fullName')} isOptional maxLength={120} />
      <TextField
        {...form.field('alias')}
        label={t('identity.alias')}
        hint={t('identity.aliasHint')}
        isOptional
        maxLength={60}
      />
      <FieldGroup
        name="born"
        label={t('identity.born')}
        hint={t('identity.bornHint')}
        isOptional
        error={form.field('bornYear').error}
      >
        <div className="short-fields">
          <TextField {...form.field('bornDay')} label={t('identity.day')} inputMode="numeric" maxLength={2} />
          <TextField {...form.field('bornMonth')} label={t('identity.month')} inputMode="numeric" maxLength={2} />
          <TextField
            {...form.field('bornYear')}
            error={undefined}
            label={t('identity.year')}
            inputMode="numeric"
            maxLength={4}
          />
        </div>
      </FieldGroup>
      <TextField
        {...form.field('identityNumber')}
        label={t('identity.identityNumber')}
        hint={t('identity.identityNumberHint')}
        isOptional
        inputMode="numeric"
        maxLength={20}
      />
      <TextField {...form.field('address')} label={t('identity.address')} isOptional maxLength={300} />
      <TextField {...form.field('currentLocation')} label={t('identity.currentLocation')} isOptional maxLength={300} />
      <TextField
        {...form.field('shelterAddress')}
        label={t('identity.shelterAddress')}
        hint={t('identity.shelterAddressHint')}
        isOptional
        maxLength={300}
      />
    </>
  );
}
