import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './summary-list.css';
import { ReplaceLink } from './replace-link.tsx';

export type SummaryRow = {
  label: string;
  value: ReactNode;
  /** Where the answer can be changed. */
  changeTo?: string;
};

/** Questions and answers, each with its way back ("check your answers"), or the facts of one thing. */
export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  const { t } = useTranslation('ui');
  return (
    <dl className="summary-list">
      {rows.map(({ label, value, changeTo }) => (
        <div className="summary-row" key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
          {changeTo === undefined ? null : (
            <dd>
              <ReplaceLink to={changeTo}>
                {t('change')}
                <span className="unseen"> {label}</span>
              </ReplaceLink>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
