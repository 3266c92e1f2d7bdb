import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.tsx';
import { RadiosField } from '../../ui/radios-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { CodeRadios } from '../directory/code-fields.tsx';
import { useAnswers } from '../directory/use-answers.ts';
import { WithCodes } from '../directory/with-codes.tsx';
import type { RegistrationForm } from './form.ts';

export type RepresentativeFieldsProps = { form: RegistrationForm; isOptional?: boolean };

/** Who speaks for her. The representative may be the very person she must be protected from. */
export function RepresentativeFields({ form, isOptional = false }: RepresentativeFieldsProps) {
  const { t } = useTranslation('register');
  const { yesNo } = useAnswers();
  const { representativeRelation, isRepresentativeAccused } = form.values;
  return (
    <WithCodes lists={['representative_relation']}>
      {(codes) => (
        <>
          <CodeRadios
            {...form.field('representativeRelation')}
            label={t('representative.relation')}
            hint={t('representative.warning')}
            isOptional={isOptional}
            codes={codes}
            list="representative_relation"
            shown={4}
          />
          {representativeRelation === '' ? null : (
            <>
              <RadiosField
                {...form.field('isRepresentativeAccused')}
                label={t('representative.isAccused')}
                choices={yesNo}
              />
              {isRepresentativeAccused === 'YES' ? <Notice icon="warning" title={t('representative.accused')} /> : null}
              <TextField {...form.field('representativeName')} label={t('representative.name')} isOptional />
            </>
          )}
        </>
      )}
    </WithCodes>
  );
}
