import { useTranslation } from 'react-i18next';
import { RadiosField } from '../../ui/radios-field.tsx';
import { CodeRadios } from '../directory/code-fields.tsx';
import { WithCodes } from '../directory/with-codes.tsx';
import { AreaField } from '../directory/area-field.tsx';
import type { PageParts } from './form.ts';
import { ReportSection } from './report-section.tsx';
import { traffickingLists, TraffickingQuestions } from './trafficking-questions.tsx';
import { violenceLists, ViolenceQuestions } from './violence-questions.tsx';
import { WhenFields } from './when-fields.tsx';

/** Violence is the usual kind: its lists come with the page, in one request. */
export const incidentLists = ['place_type', 'time_of_day', ...violenceLists];

/** Page 2: what happened, when and where, in codes. */
export function IncidentPage(parts: PageParts) {
  const { form, codes } = parts;
  const { t } = useTranslation('register');
  const isTrafficking = form.values.kind === 'trafficking';
  return (
    <>
      <RadiosField
        {...form.field('kind')}
        label={t('incident.kind')}
        choices={[
          { value: 'violence', label: t('incident.violence') },
          { value: 'trafficking', label: t('incident.trafficking') },
        ]}
      />
      {isTrafficking ? (
        <WithCodes lists={traffickingLists}>{(own) => <TraffickingQuestions {...parts} codes={own} />}</WithCodes>
      ) : (
        <ViolenceQuestions {...parts} />
      )}
      <h2 className="form-section">{t('when.title')}</h2>
      <WhenFields {...parts} />
      <h2 className="form-section">{t('where.title')}</h2>
      <CodeRadios {...form.field('placeType')} label={t('where.place')} codes={codes} list="place_type" shown={6} />
      <AreaField {...form.field('areaCode')} label={t('where.area')} />
      <ReportSection form={form} />
    </>
  );
}
