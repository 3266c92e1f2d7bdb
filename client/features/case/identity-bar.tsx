import { useTranslation } from 'react-i18next';
import { StatusTag, type StatusTone } from '../../ui/status-tag.tsx';
import type { Codes } from '../directory/codes.ts';
import { useNameOf } from '../directory/use-directory.ts';
import type { CaseHead } from './opened-case.ts';

/** Which case this is, how it stands, and who holds it; no name of hers. */
export function IdentityBar({ view, codes }: { view: CaseHead; codes: Codes }) {
  const { t } = useTranslation('caseFile');
  const nameOf = useNameOf();
  const lead = view.team.find(({ memberRole }) => memberRole === 'lead') ?? view.team[0];
  return (
    <div className="identity-bar">
      <p>
        <StatusTag tone={view.stage === 'closed' ? 'done' : 'action'}>{codes.name('case_stage', view.stage)}</StatusTag>{' '}
        <StatusTag tone={toneOf(view.risk.level)}>
          {t('riskIs', { level: codes.name('risk_level', view.risk.level) })}
        </StatusTag>{' '}
        {view.isChild ? <StatusTag tone="warning">{t('isChild')}</StatusTag> : null}
      </p>
      <p>
        {lead ? t('heldBy', { name: lead.displayName }) : t('heldByNobody')} · {nameOf(view.ownerAgency)}
      </p>
    </div>
  );
}

function toneOf(level: string): StatusTone {
  if (level === 'EMERGENCY') return 'danger';
  return level === 'HIGH' ? 'warning' : 'neutral';
}
