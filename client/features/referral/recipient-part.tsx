import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReferralView } from '../../../server/referrals/referrals.contract.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { AssigneesForm } from './assignees-form.tsx';
import { CompletionForm } from './completion-form.tsx';
import { DeclineForm } from './decline-form.tsx';
import { EnvelopePart } from './envelope-part.tsx';
import { Receipt } from './receipt.tsx';
import { StartButton } from './start-button.tsx';
import type { Naming } from './with-names.tsx';

export type PartProps = { referral: ReferralView; naming: Naming; onConflict: () => void };

/** What the recipient sees and may do: the desk answers, those assigned read and serve. */
export function RecipientPart(props: PartProps) {
  const { state } = props.referral;
  return state === 'sent' || state === 'received' ? <Answering {...props} /> : <Serving {...props} />;
}

function Answering({ referral, naming, onConflict }: PartProps) {
  const { t } = useTranslation('referral');
  const { id, actions } = referral;
  const may = (action: string): boolean => actions.includes(action);
  return (
    <>
      <Notice title={t('before')}>
        <p>{t('beforeWhy')}</p>
      </Notice>
      <Receipt referralId={id} isOffered={may('receipt')} onConflict={onConflict} />
      {may('acceptance') ? (
        <>
          <h2>{t('accept.title')}</h2>
          <AssigneesForm referralId={id} deed="acceptance" assigneeIds={[]} onConflict={onConflict} />
        </>
      ) : null}
      {may('decline') ? (
        <>
          <h2>{t('decline.title')}</h2>
          <DeclineForm referralId={id} naming={naming} onConflict={onConflict} />
        </>
      ) : null}
    </>
  );
}

function Serving({ referral, naming, onConflict }: PartProps) {
  const { t } = useTranslation('referral');
  const { id, envelope, actions, notice, assignees } = referral;
  const may = (action: string): boolean => actions.includes(action);
  return (
    <>
      <Assigned assignees={assignees} hasEnvelope={envelope !== null} />
      {envelope === null ? null : <EnvelopePart envelope={envelope} box="inbox" naming={naming} />}
      {may('start') ? <StartButton referralId={id} onConflict={onConflict} /> : null}
      {may('completion') ? (
        <>
          <h2>{t('complete.title')}</h2>
          <CompletionForm referralId={id} service={notice?.service ?? ''} naming={naming} onConflict={onConflict} />
        </>
      ) : null}
      {may('assignment') ? <Reassignment referral={referral} onConflict={onConflict} /> : null}
    </>
  );
}

function Assigned({ assignees, hasEnvelope }: { assignees: ReferralView['assignees']; hasEnvelope: boolean }) {
  const { t } = useTranslation('referral');
  const names = assignees.map(({ displayName }) => displayName).join('; ');
  return (
    <p>
      {names === '' ? t('assign.nobody') : t('assign.now', { names })} {hasEnvelope ? null : t('assign.onlyThey')}
    </p>
  );
}

function Reassignment({ referral, onConflict }: Pick<PartProps, 'referral' | 'onConflict'>) {
  const { t } = useTranslation('referral');
  const [isOpen, setOpen] = useState(false);
  if (!isOpen)
    return (
      <p>
        <Button onClick={() => setOpen(true)}>{t('assign.title')}</Button>
      </p>
    );
  return (
    <>
      <h2>{t('assign.title')}</h2>
      <AssigneesForm
        referralId={referral.id}
        deed="assignment"
        assigneeIds={referral.assignees.map(({ id }) => id)}
        onConflict={onConflict}
      />
    </>
  );
}
