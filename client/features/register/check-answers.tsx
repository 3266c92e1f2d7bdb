import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { formatDate } from '../../ui/dates.ts';
import { ReplaceLink } from '../../ui/replace-link.tsx';
import { SummaryList, type SummaryRow } from '../../ui/summary-list.tsx';
import { ClosedSection } from '../../ui/closed-section.tsx';
import type { Codes } from '../directory/codes.ts';
import { useAreaName } from '../directory/use-area-name.ts';
import { useAnswers } from '../directory/use-answers.ts';
import { codeAnswers, type ThemeNumber } from './check-rows.ts';
import { occurredDay, readClock } from './dates-typed.ts';
import { answerOf } from './body-incident.ts';
import { isConsent } from './grounds.ts';
import { OtherPeople } from './check-people.tsx';
import { countingRisk } from '../directory/risk.ts';
import { namesOf } from '../safeguards/exclusions.ts';
import { useSecretRows } from './use-secret-rows.ts';
import type { RegistrationValues } from './values.ts';

export type CheckAnswersProps = { draftId: string; values: RegistrationValues; codes: Codes; today: string };

/** The answers page by page, as they will be registered. */
export function CheckAnswers(props: CheckAnswersProps) {
  const { draftId, values } = props;
  const { t } = useTranslation('register');
  const secret = useSecretRows(props);
  const rows = useRows(props);
  return (
    <>
      <Theme draftId={draftId} number={1} heading={t('pages.safety')} rows={rows(1)} />
      <Theme draftId={draftId} number={2} heading={t('pages.incident')} rows={rows(2)} />
      <Theme draftId={draftId} number={3} heading={t('pages.person')} rows={rows(3)} />
      <ClosedSection heading={t('identity.title')} note={secret.length > 0 ? t('identity.filled') : t('identity.note')}>
        {secret.length > 0 ? <SummaryList rows={secret} /> : <p>{t('check.nothing')}</p>}
      </ClosedSection>
      <Theme draftId={draftId} number={4} heading={t('pages.others')} rows={rows(4)} />
      <OtherPeople {...props} />
      {values.narrative.trim() === '' ? null : (
        <>
          <h3 className="form-section">{t('narrative')}</h3>
          <p>{values.narrative}</p>
        </>
      )}
    </>
  );
}

type ThemeProps = { draftId: string; number: ThemeNumber; heading: string; rows: readonly SummaryRow[] };

function Theme({ draftId, number, heading, rows }: ThemeProps) {
  const { t } = useTranslation('register');
  return (
    <>
      <h2 className="form-section">{heading}</h2>
      <ReplaceLink to={paths.draft(draftId, String(number))}>{t('check.change', { page: heading })}</ReplaceLink>
      <SummaryList rows={rows} />
    </>
  );
}

function useRows({ values, codes, today }: CheckAnswersProps): (page: ThemeNumber) => SummaryRow[] {
  const { t } = useTranslation('register');
  const { word } = useAnswers();
  const areaName = useAreaName();
  const coded = (page: ThemeNumber): SummaryRow[] =>
    codeAnswers(page, values, codes).map(({ field, value }) => ({ label: t(`labels.${field}`), value }));
  const lists = { levels: codes.all('risk_level'), flags: codes.all('red_flag') };
  const level = countingRisk(values.riskLevel, values.redFlags, lists);
  const grounds = isConsent(values.grounds)
    ? t('grounds.consentBy', { evidence: codes.name('consent_evidence', values.grounds) })
    : codes.name('recording_basis', values.grounds);
  return (page) => {
    if (page === 1)
      return [
        { label: t('labels.grounds'), value: grounds },
        ...coded(1),
        ...(values.reason.trim() === '' ? [] : [{ label: t('labels.reason'), value: values.reason }]),
        ...(isConsent(values.grounds)
          ? [{ label: t('labels.reportUse'), value: word(answerOf(values.isReportUseAgreed)) }]
          : []),
        { label: t('labels.riskLevel'), value: codes.name('risk_level', level) },
        { label: t('labels.exclusions'), value: namesOf(values.exclusions) || t('labels.nobodyExcluded') },
      ];
    if (page === 2)
      return [
        { label: t('labels.when'), value: whenWords(values, today) },
        ...coded(2),
        { label: t('labels.areaCode'), value: areaName(values.areaCode) },
      ];
    return page === 4
      ? [...coded(4), { label: t('labels.isPregnant'), value: word(answerOf(values.isPregnant)) }]
      : coded(3);
  };
}

/** `27/03/2026 21:30`, or as much as is known. */
function whenWords(values: RegistrationValues, today: string): string {
  const day = occurredDay(values, today);
  if (day === undefined || 'fault' in day) return '–';
  const known = day.iso.length === 10 ? formatDate(day.iso) : day.iso.split('-').toReversed().join('/');
  return [known, readClock(values.clockTime)].filter(Boolean).join(' ');
}
