import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { ClosedSection } from '../../ui/closed-section.tsx';
import { RadiosField } from '../../ui/radios-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { CodeRadios } from '../directory/code-fields.tsx';
import { useAnswers } from '../directory/use-answers.ts';
import { WithCodes } from '../directory/with-codes.tsx';
import { hasErrorIn, perpetratorWords, removeRow, rowField, type PageParts, type RegistrationForm } from './form.ts';

/** One alleged perpetrator: the relationship is needed, "not known" stands for the rest. */
export function PerpetratorFields({ form, codes, index }: PageParts & { index: number }) {
  const { t } = useTranslation('register');
  const { choices } = useAnswers();
  const field = rowField(form, 'perpetrators', index);
  const number = index + 1;
  const words = perpetratorWords(form.values.kind);
  return (
    <section className="person-card" aria-label={t(`${words}.number`, { number })}>
      <h3 className="person-card-heading">{t(`${words}.number`, { number })}</h3>
      <CodeRadios
        {...field('relationship')}
        label={t(`${words}.relationship`)}
        codes={codes}
        list="relationship"
        shown={7}
      />
      <CodeRadios {...field('sex')} label={t('perpetrator.sex')} codes={codes} list="sex" />
      <CodeRadios {...field('ageGroup')} label={t('perpetrator.ageGroup')} codes={codes} list="perpetrator_age_group" />
      <RadiosField {...field('livesWithSurvivor')} label={t(`${words}.livesWith`)} choices={choices} />
      <ClosedSection
        heading={t('perpetrator.identity')}
        note={t('perpetrator.identityNote')}
        isOpen={hasErrorIn(
          form,
          ['birthYear', 'phone', 'identityNumber'].map((name) => field(name as 'phone').name),
        )}
      >
        <Identity form={form} index={index} />
      </ClosedSection>
      <Button look="quiet" onClick={() => removeRow(form, 'perpetrators', index)}>
        {t('perpetrator.remove', { number })}
      </Button>
    </section>
  );
}

function Identity({ form, index }: { form: RegistrationForm; index: number }) {
  const { t } = useTranslation('register');
  const field = rowField(form, 'perpetrators', index);
  const isTrafficking = form.values.kind === 'trafficking';
  return (
    <>
      <TextField {...field('fullName')} label={t('perpetrator.fullName')} isOptional maxLength={120} />
      <TextField
        {...field('birthYear')}
        label={t('perpetrator.birthYear')}
        isOptional
        inputMode="numeric"
        maxLength={4}
      />
      <TextField
        {...field('identityNumber')}
        label={t('perpetrator.identityNumber')}
        hint={t('perpetrator.conflictHint')}
        isOptional
        inputMode="numeric"
        maxLength={20}
      />
      <TextField {...field('phone')} label={t('perpetrator.phone')} isOptional inputMode="tel" maxLength={20} />
      <WithCodes lists={isTrafficking ? ['occupation_group', 'trafficker_role'] : ['occupation_group']}>
        {(codes) => (
          <>
            <CodeRadios
              {...field('occupationGroup')}
              label={t('perpetrator.occupation')}
              isOptional
              codes={codes}
              list="occupation_group"
              shown={7}
            />
            {isTrafficking ? (
              <CodeRadios
                {...field('traffickerRole')}
                label={t('perpetrator.traffickerRole')}
                isOptional
                codes={codes}
                list="trafficker_role"
                shown={5}
              />
            ) : null}
          </>
        )}
      </WithCodes>
      <TextField
        {...field('access')}
        label={t('perpetrator.access')}
        hint={t('perpetrator.accessHint')}
        isOptional
        maxLength={300}
      />
      <TextField {...field('address')} label={t('perpetrator.address')} isOptional maxLength={300} />
    </>
  );
}
