import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../../ui/button.tsx';
import { SummaryList, type SummaryRow } from '../../ui/summary-list.tsx';

export type IncidentRows = { id: string; rows: readonly SummaryRow[] };

export type IncidentsProps = {
  incidents: readonly IncidentRows[];
  /** Where an incident is changed, for those who may. */
  changeAt?: ((incidentId: string) => string) | undefined;
};

/** What happened, numbered where it happened more than once. */
export function Incidents({ incidents, changeAt }: IncidentsProps) {
  const { t } = useTranslation('caseFile');
  return incidents.map(({ id, rows }, index) => (
    <section key={id} aria-label={t('incident', { number: index + 1 })}>
      <h2>{incidents.length > 1 ? t('incident', { number: index + 1 }) : t('oneIncident')}</h2>
      <SummaryList rows={rows} />
      {changeAt === undefined ? null : (
        <p>
          <ButtonLink look="plain" to={changeAt(id)}>
            {t('changeIncident')}
          </ButtonLink>
        </p>
      )}
    </section>
  ));
}
