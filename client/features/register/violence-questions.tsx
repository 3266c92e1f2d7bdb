import { useTranslation } from 'react-i18next';
import { ClosedSection } from '../../ui/closed-section.tsx';
import { CodeCheckboxes, CodeRadios } from '../directory/code-fields.tsx';
import { WithCodes } from '../directory/with-codes.tsx';
import type { PageParts } from './form.ts';

export const violenceLists = ['gbv_type', 'law_act'];

const sexual = new Set(['RAPE', 'SEXUAL_ASSAULT']);

/** The core type in the classification's own order of questions, then the acts that the law names. */
export function ViolenceQuestions({ form, codes }: PageParts) {
  const { t } = useTranslation('register');
  return (
    <>
      <CodeRadios
        {...form.field('gbvType')}
        label={t('incident.gbvType')}
        hint={t('incident.gbvTypeHint')}
        codes={codes}
        list="gbv_type"
      />
      <CodeCheckboxes
        {...form.field('lawActs')}
        label={t('incident.lawActs')}
        hint={t('incident.lawActsHint')}
        isOptional
        codes={codes}
        list="law_act"
        shown={4}
      />
      <ClosedSection
        heading={t('incident.more')}
        note={t('incident.moreNote')}
        isOpen={sexual.has(form.values.gbvType)}
      >
        <WithCodes lists={['harmful_practice', 'goods_exchanged', 'abduction_type']}>
          {(more) => (
            <>
              <CodeRadios
                {...form.field('goodsExchanged')}
                label={t('incident.goodsExchanged')}
                isOptional
                codes={more}
                list="goods_exchanged"
                shown={2}
              />
              <CodeRadios
                {...form.field('abduction')}
                label={t('incident.abduction')}
                isOptional
                codes={more}
                list="abduction_type"
              />
              <CodeRadios
                {...form.field('harmfulPractice')}
                label={t('incident.harmfulPractice')}
                isOptional
                codes={more}
                list="harmful_practice"
                shown={4}
              />
            </>
          )}
        </WithCodes>
      </ClosedSection>
    </>
  );
}
