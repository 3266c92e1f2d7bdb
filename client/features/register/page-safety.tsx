import { useTranslation } from 'react-i18next';
import { DateField } from '../../ui/date-field.tsx';
import { NotesField } from '../../ui/notes-field.tsx';
import { RadiosField } from '../../ui/radios-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { ClosedSection } from '../../ui/closed-section.tsx';
import { CodeCheckboxes, CodeRadios } from '../directory/code-fields.tsx';
import { useAnswers } from '../directory/use-answers.ts';
import { ExclusionsField } from '../safeguards/exclusions-field.tsx';
import { EmergencyNumbers } from './emergency-numbers.tsx';
import { hasErrorIn, type PageParts } from './form.ts';
import { groundsChoices, groundsLists, isConsent } from './grounds.ts';
import { RepresentativeFields } from './representative-fields.tsx';
import { countingRisk, levelsBelow, riskFloor } from '../directory/risk.ts';

export const safetyLists = [...groundsLists, 'consenter', 'language', 'risk_level', 'red_flag'];

/** Page 1: on what grounds this may be recorded at all, and whether she is safe now. */
export function SafetyPage(parts: PageParts) {
  const { form, codes } = parts;
  const { t } = useTranslation('register');
  return (
    <>
      <h2 className="form-section">{t('grounds.title')}</h2>
      <RadiosField
        {...form.field('grounds')}
        label={t('grounds.label')}
        hint={t('grounds.hint')}
        choices={groundsChoices(codes, (evidence) => t('grounds.consentBy', { evidence }))}
      />
      {isConsent(form.values.grounds) ? <ConsentDetails {...parts} /> : null}
      {form.values.grounds !== '' && !isConsent(form.values.grounds) ? <LegalBasis {...parts} /> : null}
      <h2 className="form-section">{t('safety.title')}</h2>
      <Safety {...parts} />
      <Exclusions form={form} />
    </>
  );
}

/** Behind one tap: whose names these are is seen by whoever stands beside her. */
function Exclusions({ form }: Pick<PageParts, 'form'>) {
  const { t } = useTranslation('safeguards');
  const { exclusions } = form.values;
  const note = exclusions.length === 0 ? t('exclusions.nobody') : t('exclusions.chosen', { count: exclusions.length });
  return (
    <ClosedSection heading={t('exclusions.title')} note={note} isOpen={hasErrorIn(form, ['exclusions'])}>
      <ExclusionsField {...form.field('exclusions')} />
    </ClosedSection>
  );
}

function ConsentDetails({ form, codes }: PageParts) {
  const { t } = useTranslation('register');
  const answers = useAnswers();
  const { consenter, language, isReportUseAgreed } = form.values;
  const note = t('consent.note', {
    consenter: codes.name('consenter', consenter),
    language: codes.name('language', language),
    reportUse: t(isReportUseAgreed === 'YES' ? 'consent.reportYes' : 'consent.reportNo'),
  });
  const isOpen =
    consenter !== 'SELF' || hasErrorIn(form, ['explainedOn', 'representativeRelation', 'isRepresentativeAccused']);
  return (
    <ClosedSection heading={t('consent.details')} note={note} isOpen={isOpen}>
      <CodeRadios {...form.field('consenter')} label={t('consent.consenter')} codes={codes} list="consenter" />
      {consenter === 'GUARDIAN' || consenter === 'CHILD_AND_GUARDIAN' ? <RepresentativeFields form={form} /> : null}
      <SelectField {...form.field('language')} label={t('consent.language')} choices={codes.choices('language')} />
      <DateField {...form.field('explainedOn')} label={t('consent.explainedOn')} />
      <RadiosField
        {...form.field('isReportUseAgreed')}
        label={t('consent.reportUse')}
        hint={t('consent.reportUseHint')}
        choices={answers.yesNo}
      />
    </ClosedSection>
  );
}

function LegalBasis({ form }: PageParts) {
  const { t } = useTranslation('register');
  return (
    <>
      <NotesField {...form.field('reason')} label={t('legal.reason')} maxLength={500} />
      <RepresentativeFields form={form} isOptional />
    </>
  );
}

function Safety({ form, codes }: PageParts) {
  const { t } = useTranslation('register');
  const lists = { levels: codes.all('risk_level'), flags: codes.all('red_flag') };
  const floor = riskFloor(form.values.redFlags, lists);
  const counting = countingRisk(form.values.riskLevel, form.values.redFlags, lists);
  const level = form.field('riskLevel');
  return (
    <>
      <CodeCheckboxes
        {...form.field('redFlags')}
        label={t('safety.redFlags')}
        hint={t('safety.redFlagsHint')}
        codes={codes}
        list="red_flag"
      />
      <CodeRadios
        {...level}
        value={counting}
        error={counting === '' ? level.error : undefined}
        label={t('safety.riskLevel')}
        {...(floor === '' ? {} : { hint: t('safety.floor', { level: codes.name('risk_level', floor) }) })}
        codes={codes}
        list="risk_level"
        without={levelsBelow(floor, lists.levels)}
      />
      {counting === 'EMERGENCY' ? <EmergencyNumbers /> : null}
    </>
  );
}
