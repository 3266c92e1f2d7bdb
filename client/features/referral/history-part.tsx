import { useTranslation } from 'react-i18next';
import type { Feedback, ReferralView } from '../../../server/referrals/referrals.contract.ts';
import { useMe } from '../../app/session/use-session.ts';
import { SummaryList } from '../../ui/summary-list.tsx';
import { TimelineList } from '../../ui/timeline-list.tsx';
import { stepName } from './step-name.ts';
import type { Naming } from './with-names.tsx';

export type HistoryPartProps = { referral: ReferralView; naming: Naming };

/** What the partner answered, and the steps, newest on top. */
export function HistoryPart({ referral, naming }: HistoryPartProps) {
  const { t } = useTranslation('referral');
  const { agency } = useMe();
  const { feedback, steps } = referral;
  return (
    <>
      {feedback.length === 0 ? null : (
        <section aria-label={t('feedback.title')}>
          <h2>{t('feedback.title')}</h2>
          <SummaryList
            rows={feedback.map((each) => ({
              label: t(`feedback.${each.kind}`),
              value: <FeedbackWords feedback={each} naming={naming} />,
            }))}
          />
        </section>
      )}
      <h2>{t('steps.title')}</h2>
      <TimelineList
        items={steps.toReversed().map(({ at, action, actor }) => ({
          id: `${at} ${action}`,
          at,
          what: t(`steps.${stepName(action)}`),
          who:
            actor === null
              ? t('steps.system')
              : [actor.displayName, naming.agency(actor.agency)].filter(Boolean).join(' · '),
          lane: actor === null || actor.agency.id === agency.id ? ('us' as const) : ('partner' as const),
        }))}
      />
    </>
  );
}

function FeedbackWords({ feedback, naming }: { feedback: Feedback; naming: Naming }) {
  const { t } = useTranslation('referral');
  const { kind, reason, outcome, services, note } = feedback;
  const list = kind === 'recall' ? 'recall_reason' : 'decline_reason';
  const lines = [
    reason === null ? '' : t('feedback.reason', { reason: naming.codes.name(list, reason) }),
    outcome === null ? '' : t('feedback.outcome', { outcome: naming.codes.name('referral_outcome', outcome) }),
    services.length === 0
      ? ''
      : t('feedback.services', { services: services.map((code) => naming.names.service(code)).join('; ') }),
    note ? t('feedback.note', { note }) : '',
  ].filter((line) => line !== '');
  return (
    <ul className="field-facts">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
