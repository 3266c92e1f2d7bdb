import { useTranslation } from 'react-i18next';
import { SummaryList, type SummaryRow } from '../../ui/summary-list.tsx';

export type IncidentRows = { id: string; rows: readonly SummaryRow[] };

/** What happened, numbered where it happened more than once. */
export function Incidents({ incidents }: { incidents: readonly IncidentRows[] }) {
  const { t } = useTranslation('caseFile');
  return incidents.map(({ id, rows }, index) => (
    <section key={id} aria-label={t('incident', { number: index + 1 })}>
      <h2>{incidents.length > 1 ? t('incident', { number: index + 1 }) : t('oneIncident')}</h2>
      <SummaryList rows={rows} />
    </section>
  ));
}
