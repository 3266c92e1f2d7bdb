import { useTranslation } from 'react-i18next';
import type { ReferralLine } from '../../../server/referrals/referrals.contract.ts';
import { paths } from '../../app/paths.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { ContextualDate } from '../../ui/contextual-date.tsx';
import { useSentReferrals } from './use-sent-referrals.ts';
import type { CaseHead } from './opened-case.ts';

export type NextStepProps = {
  view: CaseHead;
  /** Absent where nobody is to be contacted from here. */
  onContact?: () => void;
};

/** The next step in words and the one button that takes it. */
export function NextStep({ view, onContact }: NextStepProps) {
  const { t } = useTranslation('caseFile');
  const { nextStep, dueAt } = view;
  return (
    <section className="next-step" aria-label={t('next.title')}>
      <h2>
        {t('next.title')}: {t(`next.${nextStep}`)}
      </h2>
      {dueAt === null || nextStep === 'closed' ? null : (
        <p>
          {t(nextStep === 'await_answer' ? 'next.answer' : 'next.contact')} <ContextualDate due={dueAt} />
        </p>
      )}
      <Deed view={view} {...(onContact ? { onContact } : {})} />
    </section>
  );
}

function Deed({ view, onContact }: NextStepProps) {
  const { t } = useTranslation('caseFile');
  const lines = useLines(view.id);
  switch (view.nextStep) {
    case 'closed':
      return null;
    case 'refer':
      return <ReferLink view={view} />;
    case 'send_draft':
      return <DraftLink view={view} draft={lines.find(isDraft)} />;
    case 'await_answer':
      return <WaitingLink line={lines.find(isWaiting)} />;
    case 'follow_up':
      return onContact ? (
        <Button look="main" onClick={onContact}>
          {t('next.toContact')}
        </Button>
      ) : null;
  }
}

function useLines(caseId: string): readonly ReferralLine[] {
  return useSentReferrals(caseId).data?.data.items ?? [];
}

function ReferLink({ view }: { view: CaseHead }) {
  const { t } = useTranslation('caseFile');
  return view.mayRefer ? <ButtonLink to={paths.refer(view.id)}>{t('next.toRefer')}</ButtonLink> : null;
}

function DraftLink({ view, draft }: { view: CaseHead; draft: ReferralLine | undefined }) {
  const { t } = useTranslation('caseFile');
  if (!draft || !view.mayRefer) return null;
  return <ButtonLink to={paths.continueRefer(view.id, draft.id)}>{t('next.toDraft')}</ButtonLink>;
}

function WaitingLink({ line }: { line: ReferralLine | undefined }) {
  const { t } = useTranslation('caseFile');
  return line ? <ButtonLink to={paths.message(line.id)}>{t('next.toWaiting')}</ButtonLink> : null;
}

function isDraft({ state }: ReferralLine): boolean {
  return state === 'draft' || state === 'awaiting_consent';
}

function isWaiting({ state }: ReferralLine): boolean {
  return state === 'sent' || state === 'received';
}
