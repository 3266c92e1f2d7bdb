import { useTranslation } from 'react-i18next';
import { CodeCheckboxes, CodeRadios } from '../directory/code-fields.tsx';
import { WithCodes } from '../directory/with-codes.tsx';
import { ClosedSection } from '../../ui/closed-section.tsx';
import { hasErrorIn, type PageParts } from './form.ts';
import { ContactFields } from './contact-fields.tsx';
import { IdentityFields } from './identity-fields.tsx';

export const personLists = ['age_band', 'sex', 'disability', 'ethnicity_group', 'language', 'contact_method'];

const secretNames = [
  'methods',
  'phone',
  'safeTimes',
  'codeWord',
  'fullName',
  'alias',
  'identityNumber',
  'bornYear',
  'address',
  'currentLocation',
  'shelterAddress',
];

/** Page 3: what reports and services need of her; who she is stays behind one tap. */
export function PersonPage({ form, codes }: PageParts) {
  const { t } = useTranslation('register');
  const { fullName, phone } = form.values;
  const filledCount = [fullName, phone, form.values.identityNumber, form.values.bornYear].filter(Boolean).length;
  return (
    <>
      <CodeRadios
        {...form.field('ageBand')}
        label={t('person.age')}
        hint={t('person.ageHint')}
        codes={codes}
        list="age_band"
      />
      <CodeRadios {...form.field('sex')} label={t('person.sex')} codes={codes} list="sex" />
      <ClosedSection
        heading={t('identity.title')}
        note={filledCount > 0 ? t('identity.filled') : t('identity.note')}
        isOpen={hasErrorIn(form, secretNames)}
      >
        <ContactFields form={form} codes={codes} />
        <IdentityFields form={form} />
      </ClosedSection>
      <CodeCheckboxes
        {...form.field('disabilities')}
        label={t('person.disabilities')}
        codes={codes}
        list="disability"
        shown={8}
      />
      <CodeRadios
        {...form.field('ethnicityGroup')}
        label={t('person.ethnicity')}
        codes={codes}
        list="ethnicity_group"
      />
      <CodeCheckboxes
        {...form.field('languages')}
        label={t('person.languages')}
        codes={codes}
        list="language"
        shown={3}
      />
      <ClosedSection heading={t('person.more')} note={t('person.moreNote')}>
        <WithCodes lists={['access_need', 'marital_status']}>
          {(more) => (
            <>
              <CodeCheckboxes
                {...form.field('accessNeeds')}
                label={t('person.accessNeeds')}
                isOptional
                codes={more}
                list="access_need"
              />
              <CodeRadios
                {...form.field('maritalStatus')}
                label={t('person.maritalStatus')}
                isOptional
                codes={more}
                list="marital_status"
              />
            </>
          )}
        </WithCodes>
      </ClosedSection>
    </>
  );
}
