import { useTranslation } from 'react-i18next';
import { RadiosField } from '../../ui/radios-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { CodeCheckboxes } from '../directory/code-fields.tsx';
import { useAnswers } from '../directory/use-answers.ts';
import type { PageParts } from './form.ts';

/** The rules come before the number: a wrong call can be heard by the wrong person. */
export function ContactFields({ form, codes }: Omit<PageParts, 'today'>) {
  const { t } = useTranslation('register');
  const { yesNo } = useAnswers();
  return (
    <>
      <CodeCheckboxes
        {...form.field('methods')}
        label={t('contact.methods')}
        hint={t('contact.methodsHint')}
        isOptional
        codes={codes}
        list="contact_method"
      />
      <TextField {...form.field('phone')} label={t('contact.phone')} isOptional inputMode="tel" maxLength={20} />
      <TextField
        {...form.field('safeTimes')}
        label={t('contact.safeTimes')}
        hint={t('contact.safeTimesHint')}
        isOptional
        maxLength={200}
      />
      <RadiosField {...form.field('mayLeaveMessage')} label={t('contact.mayLeaveMessage')} choices={yesNo} />
      <TextField
        {...form.field('codeWord')}
        label={t('contact.codeWord')}
        hint={t('contact.codeWordHint')}
        isOptional
        maxLength={60}
      />
    </>
  );
}
