import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseLine } from '../../../server/cases/cases.contract.ts';
import { paths } from '../../app/paths.ts';
import { ContextualDate } from '../../ui/contextual-date.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';

export type WorkLineProps = { line: CaseLine; isAgency: boolean; mayRefer: boolean; nowMs: number };

/** Code, next step in words, date; the whole first line is the way to that very step. */
export function WorkLine({ line, isAgency, mayRefer, nowMs }: WorkLineProps) {
  const { t } = useTranslation('myWork');
  const { code, nextStep, isMine } = line;
  return (
    <li className="work-line">
      <h3>
        <Link className="work-link" to={stepOf(line, mayRefer && (isMine || !isAgency))} replace>
          <span className="work-code">{code}</span> {t(`step.${nextStep}`)}
        </Link>
      </h3>
      <Facts line={line} isAgency={isAgency} nowMs={nowMs} />
    </li>
  );
}

function Facts({ line, isAgency, nowMs }: Omit<WorkLineProps, 'mayRefer'>) {
  const { t } = useTranslation('myWork');
  const { nextStep, priority, assignee, openReferrals } = line;
  return (
    <p className="work-facts">
      {nextStep !== 'closed' && priority === 0 ? <StatusTag tone="danger">{t('emergency')}</StatusTag> : null}
      <DueFact line={line} nowMs={nowMs} />
      {openReferrals > 0 ? <span>{t('openReferrals', { count: openReferrals })}</span> : null}
      {isAgency ? <span>{assignee ? t('heldBy', { name: assignee.displayName }) : t('heldByNobody')}</span> : null}
    </p>
  );
}

function DueFact({ line, nowMs }: Pick<WorkLineProps, 'line' | 'nowMs'>) {
  const { t } = useTranslation('myWork');
  const { nextStep, dueAt } = line;
  if (dueAt === null || nextStep === 'closed') return null;
  return (
    <span>
      {t(nextStep === 'await_answer' ? 'answerDue' : 'contactDue')} <ContextualDate due={dueAt} nowMs={nowMs} />
    </span>
  );
}

function stepOf({ id, nextStep }: CaseLine, mayRefer: boolean): string {
  if (nextStep === 'refer' && mayRefer) return paths.refer(id);
  return nextStep === 'send_draft' ? paths.itemReferrals(id) : paths.item(id);
}
