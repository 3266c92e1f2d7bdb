import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { formatDateTime } from '../../ui/dates.ts';
import { Notice } from '../../ui/notice.tsx';
import { EnvelopePart } from './envelope-part.tsx';
import type { PartProps } from './recipient-part.tsx';
import { RecallForm } from './recall-form.tsx';

/** What the sender sees: what left, whether it was opened, and the way to take it back. */
export function SenderPart({ referral, naming, onConflict }: PartProps) {
  const { t } = useTranslation('referral');
  const { id, caseId, sentAt, draft, openedAt, actions } = referral;
  if (sentAt === null)
    return (
      <Notice title={t('draft.body')}>
        {caseId !== null && draft !== null ? (
          <ButtonLink to={paths.continueRefer(caseId, id)}>{t('draft.next')}</ButtonLink>
        ) : null}
      </Notice>
    );
  return (
    <>
      <h2>{t('opened.title')}</h2>
      <p>{openedAt === null ? t('opened.no') : t('opened.yes', { at: formatDateTime(openedAt) })}</p>
      <Sent referral={referral} naming={naming} />
      {actions.includes('recall') ? <Recalling referral={referral} naming={naming} onConflict={onConflict} /> : null}
    </>
  );
}

/** What left; withheld from a review, and gone once the referral was closed. */
function Sent({ referral: { envelope, isPseudonymous }, naming }: Pick<PartProps, 'referral' | 'naming'>) {
  const { t } = useTranslation('referral');
  if (envelope !== null) return <EnvelopePart envelope={envelope} box="outbox" naming={naming} />;
  return isPseudonymous ? null : <p>{t('envelope.recalled')}</p>;
}

function Recalling(props: PartProps) {
  const { t } = useTranslation('referral');
  const [isOpen, setOpen] = useState(false);
  if (!isOpen)
    return (
      <p>
        <Button onClick={() => setOpen(true)}>{t('recall.open')}</Button>
      </p>
    );
  return (
    <>
      <h2>{t('recall.title')}</h2>
      <RecallForm {...props} />
    </>
  );
}
