import { useTranslation } from 'react-i18next';
import { ClosedSection } from '../../ui/closed-section.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { CodeCheckboxes, CodeRadios } from '../directory/code-fields.tsx';
import { WithCodes } from '../directory/with-codes.tsx';
import type { PageParts } from './form.ts';

export const traffickingLists = ['trafficking_act', 'trafficking_means', 'trafficking_purpose', 'trafficking_status'];

const moreLists = ['control_method', 'exploitation_type', 'recruitment_method', 'recruitment_app'];

/** Act, means and purpose (Palermo Art. 3; the law's Art. 2), then how it was done. */
export function TraffickingQuestions({ form, codes }: PageParts) {
  const { t } = useTranslation('register');
  return (
    <>
      <CodeCheckboxes {...form.field('acts')} label={t('trafficking.acts')} codes={codes} list="trafficking_act" />
      <CodeCheckboxes
        {...form.field('means')}
        label={t('trafficking.means')}
        hint={t('trafficking.meansHint')}
        codes={codes}
        list="trafficking_means"
      />
      <CodeCheckboxes
        {...form.field('purposes')}
        label={t('trafficking.purposes')}
        codes={codes}
        list="trafficking_purpose"
      />
      <CodeRadios {...form.field('status')} label={t('trafficking.status')} codes={codes} list="trafficking_status" />
      <ClosedSection heading={t('trafficking.more')} note={t('trafficking.moreNote')}>
        <WithCodes lists={moreLists}>{(more) => <Course form={form} codes={more} />}</WithCodes>
      </ClosedSection>
    </>
  );
}

function Course({ form, codes }: Omit<PageParts, 'today'>) {
  const { t } = useTranslation('register');
  return (
    <>
      <CodeCheckboxes
        {...form.field('controlMethods')}
        label={t('trafficking.controlMethods')}
        isOptional
        codes={codes}
        list="control_method"
      />
      <CodeCheckboxes
        {...form.field('exploitationTypes')}
        label={t('trafficking.exploitationTypes')}
        isOptional
        codes={codes}
        list="exploitation_type"
      />
      <CodeRadios
        {...form.field('recruitmentMethod')}
        label={t('trafficking.recruitmentMethod')}
        isOptional
        codes={codes}
        list="recruitment_method"
        shown={5}
      />
      <CodeCheckboxes
        {...form.field('recruitmentApps')}
        label={t('trafficking.recruitmentApps')}
        isOptional
        codes={codes}
        list="recruitment_app"
        shown={5}
      />
      <TextField {...form.field('destination')} label={t('trafficking.destination')} isOptional maxLength={120} />
    </>
  );
}
