import { useTranslation } from 'react-i18next';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import type { Naming } from '../referral/with-names.tsx';
import type { ReferralOption } from './columns.ts';
import { medianOf } from './median.ts';
import { OfficePhone } from './office-phone.tsx';
import './refer.css';
import { WithOptions } from './with-options.tsx';

export type AgencyStepProps = {
  caseId: string;
  service: string;
  naming: Naming;
  onChoose: (agencyId: string) => void;
  onBack: () => void;
};

/** Who answers this need: nearest first, as the server orders them. */
export function AgencyStep({ caseId, service, naming, onChoose, onBack }: AgencyStepProps) {
  const { t } = useTranslation('refer');
  return (
    <Page heading={t('agency.title')} tab="form" caption={`${t('title')}: ${naming.names.service(service)}`}>
      <p>{t('agency.why')}</p>
      <WithOptions caseId={caseId} service={service}>
        {({ options }) =>
          options.length === 0 ? (
            <EmptyState title={t('agency.none')}>
              <p>{t('agency.noneAdvice')}</p>
            </EmptyState>
          ) : (
            <ul className="offices">
              {options.map((option) => (
                <li key={option.agency.id}>
                  <Office option={option} naming={naming} onChoose={onChoose} />
                </li>
              ))}
            </ul>
          )
        }
      </WithOptions>
      <ButtonRow>
        <Button onClick={onBack}>{t('agency.otherNeed')}</Button>
      </ButtonRow>
    </Page>
  );
}

type OfficeProps = { option: ReferralOption; naming: Naming; onChoose: (agencyId: string) => void };

function Office({ option, naming, onChoose }: OfficeProps) {
  const { t } = useTranslation('refer');
  const { agency, consents } = option;
  const name = naming.agency(agency);
  return (
    <section className="office" aria-label={name}>
      <h2 className="office-name">{name}</h2>
      <p>{agency.isInArea ? t('agency.here') : t('agency.elsewhere', { area: naming.names.area(agency.areaCode) })}</p>
      <p>{useMedianWords(option.medianAnswerHours)}</p>
      <OfficePhone desk={agency.dutyDesk} />
      {consents.length === 0 ? null : <p>{t('agency.consents', { count: consents.length })}</p>}
      <Button onClick={() => onChoose(agency.id)}>{t('agency.choose', { agency: name })}</Button>
    </section>
  );
}

function useMedianWords(hours: number | null): string {
  const { t } = useTranslation('refer');
  const median = medianOf(hours);
  if (median === null) return t('agency.noMedian');
  if (median.unit === 'hour') return t('agency.medianHour');
  return median.unit === 'hours'
    ? t('agency.medianHours', { count: median.count })
    : t('agency.medianDays', { count: median.count });
}
