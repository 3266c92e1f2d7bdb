import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { ClosedSection } from '../../ui/closed-section.tsx';
import { NotesField } from '../../ui/notes-field.tsx';
import { RadiosField } from '../../ui/radios-field.tsx';
import { CodeCheckboxes } from '../directory/code-fields.tsx';
import { useAnswers } from '../directory/use-answers.ts';
import { WithCodes } from '../directory/with-codes.tsx';
import { ChildFields } from './child-fields.tsx';
import { perpetratorWords, setRows, type PageParts, type RegistrationForm } from './form.ts';
import { PerpetratorFields } from './perpetrator-fields.tsx';
import { emptyChild, emptyPerpetrator } from './values.ts';

export const othersLists = ['relationship', 'sex', 'perpetrator_age_group'];

const mostPerpetrators = 10;
const mostChildren = 20;
const sexual = new Set(['RAPE', 'SEXUAL_ASSAULT']);

/** Page 4: the other people, her health, and last of all a few words of her own. */
export function OthersPage(parts: PageParts) {
  const { form } = parts;
  return (
    <>
      <OtherPeople {...parts} />
      <HealthAndNarrative form={form} />
    </>
  );
}

/** What page 4 asks about the incident itself. */
export function HealthAndNarrative({ form }: { form: RegistrationForm }) {
  const { t } = useTranslation('register');
  return (
    <>
      <h2 className="form-section">{t('health.title')}</h2>
      <Health form={form} />
      <NotesField {...form.field('narrative')} label={t('narrative')} isOptional maxLength={1000} />
    </>
  );
}

/** The alleged perpetrators and the children. */
export function OtherPeople(parts: PageParts) {
  const { form } = parts;
  const { t } = useTranslation('register');
  const { perpetrators, children, kind } = form.values;
  const words = perpetratorWords(kind);
  return (
    <>
      <h2 className="form-section">{t(`${words}.title`)}</h2>
      {perpetrators.length === 0 ? <p>{t('perpetrator.none')}</p> : null}
      {perpetrators.map((_each, index) => (
        <PerpetratorFields key={index} {...parts} index={index} />
      ))}
      {perpetrators.length < mostPerpetrators ? (
        <Button onClick={() => setRows(form, 'perpetrators', [...perpetrators, emptyPerpetrator])}>
          {t(perpetrators.length === 0 ? `${words}.add` : 'perpetrator.addAnother')}
        </Button>
      ) : null}
      <h2 className="form-section">{t('child.title')}</h2>
      {children.length === 0 ? <p>{t('child.none')}</p> : null}
      {children.length > 0 ? (
        <WithCodes lists={['child_relation', 'sex']}>
          {(codes) =>
            children.map((_each, index) => <ChildFields key={index} {...parts} codes={codes} index={index} />)
          }
        </WithCodes>
      ) : null}
      {children.length < mostChildren ? (
        <Button onClick={() => setRows(form, 'children', [...children, emptyChild])}>
          {t(children.length === 0 ? 'child.add' : 'child.addAnother')}
        </Button>
      ) : null}
    </>
  );
}

function Health({ form }: { form: RegistrationForm }) {
  const { t } = useTranslation('register');
  const { choices } = useAnswers();
  const { gbvType, healthNeeds, isPregnant } = form.values;
  const isAsked = sexual.has(gbvType);
  const isAnswered = isPregnant !== 'UNKNOWN' || healthNeeds.some((need) => need !== 'UNKNOWN');
  return (
    <ClosedSection heading={t('health.needs')} note={t(isAnswered ? 'health.filled' : 'health.note')} isOpen={isAsked}>
      <WithCodes lists={['health_need']}>
        {(codes) => (
          <CodeCheckboxes {...form.field('healthNeeds')} label={t('health.which')} codes={codes} list="health_need" />
        )}
      </WithCodes>
      <RadiosField {...form.field('isPregnant')} label={t('health.isPregnant')} choices={choices} />
    </ClosedSection>
  );
}
