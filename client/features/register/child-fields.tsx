import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { RadiosField } from '../../ui/radios-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { CodeRadios } from '../directory/code-fields.tsx';
import { useAnswers } from '../directory/use-answers.ts';
import { removeRow, rowField, type PageParts } from './form.ts';

/** One child who is with her or saw it. No names: a child here is an age and a relation. */
export function ChildFields({ form, codes, index }: PageParts & { index: number }) {
  const { t } = useTranslation('register');
  const { choices } = useAnswers();
  const field = rowField(form, 'children', index);
  const number = index + 1;
  return (
    <section className="person-card" aria-label={t('child.number', { number })}>
      <h3 className="person-card-heading">{t('child.number', { number })}</h3>
      <TextField {...field('ageYears')} label={t('child.age')} isOptional inputMode="numeric" maxLength={2} />
      <CodeRadios {...field('sex')} label={t('child.sex')} codes={codes} list="sex" />
      <CodeRadios {...field('relation')} label={t('child.relation')} codes={codes} list="child_relation" shown={3} />
      <RadiosField {...field('livesWithSurvivor')} label={t('child.livesWith')} choices={choices} />
      <RadiosField {...field('isAtRisk')} label={t('child.isAtRisk')} choices={choices} />
      <Button look="quiet" onClick={() => removeRow(form, 'children', index)}>
        {t('child.remove', { number })}
      </Button>
    </section>
  );
}
