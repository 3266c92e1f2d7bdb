import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { formatDate } from '../../ui/dates.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SendState } from '../../ui/send-state.tsx';
import { CallCard } from './call-card.tsx';
import type { ShareStepProps } from './share-step.tsx';
import { consentOf, dispatchBodyOf, draftBodyOf } from './share-values.ts';
import { TermsSection } from './terms-section.tsx';
import type { Sending } from './use-sending.ts';
import type { ShareForm } from './use-share-form.ts';

export type SendPartProps = ShareStepProps & { share: ShareForm; sending: Sending };

/** The terms, the call where there is danger, and the buttons; nothing leaves without a last look. */
export function SendPart(props: SendPartProps) {
  const { t } = useTranslation('refer');
  const { setting, naming, share, sending, onBack } = props;
  const { form } = share;
  const [isAsking, setAsking] = useState(false);
  const isBusy = sending.dispatch.phase === 'sending' || sending.save.phase === 'sending';
  function send(): void {
    sending.dispatch.send({
      draft: draftBodyOf(form.values, setting),
      dispatch: dispatchBodyOf(form.values, Date.now()),
    });
    setAsking(false);
  }
  return (
    <form noValidate onSubmit={form.submit(() => setAsking(true))}>
      <TermsSection
        naming={naming}
        suggestedUrgency={setting.suggestedUrgency}
        today={setting.today}
        limit={consentOf(setting.option, form.values.basis)?.validUntil ?? null}
        urgency={form.field('urgency')}
        endsOn={form.field('endsOn')}
        note={form.field('note')}
      />
      {form.values.urgency === 'U0' ? (
        <CallCard
          agency={setting.option.agency}
          naming={naming}
          called={share.called}
          calledAt={form.field('calledAt')}
          spokeTo={form.field('spokeTo')}
        />
      ) : null}
      <Unsent deed={sending.dispatch} />
      <Unsent deed={sending.save} />
      <ButtonRow>
        <Button type="submit" look="main" isBusy={isBusy}>
          {t('send')}
        </Button>
        <Button isBusy={isBusy} onClick={() => sending.save.send(draftBodyOf(form.values, setting))}>
          {t('saveDraft')}
        </Button>
        {sending.draftId === undefined ? (
          <Button look="quiet" onClick={onBack}>
            {t('share.otherAgency')}
          </Button>
        ) : (
          <DiscardDraft draftId={sending.draftId} discard={sending.discard} />
        )}
      </ButtonRow>
      <Confirming {...props} isOpen={isAsking} onConfirm={send} onCancel={() => setAsking(false)} />
    </form>
  );
}

/** Nobody knows whether it arrived: said beside the button, with why, and trying again is safe. */
function Unsent({ deed }: { deed: Sending['dispatch'] | Sending['save'] }) {
  return (
    <>
      <SendState phase={deed.phase} onRetry={deed.retry} />
      {deed.phase === 'not-sent' && deed.problem ? <ProblemNotice problem={deed.problem} /> : null}
    </>
  );
}

type ConfirmingProps = SendPartProps & { isOpen: boolean; onConfirm: () => void; onCancel: () => void };

function Confirming({ setting, naming, share, isOpen, onConfirm, onCancel }: ConfirmingProps) {
  const { t } = useTranslation('refer');
  const { fields, basis, legalBasis, urgency, endsOn } = share.form.values;
  return (
    <ConfirmDialog
      isOpen={isOpen}
      heading={t('confirm.title', { agency: naming.agency(setting.option.agency) })}
      confirmLabel={t('confirm.send')}
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      <p>{t('confirm.fields', { count: fields.length, fields: fields.map(naming.field).join('; ') })}</p>
      <p>
        {basis === 'legal'
          ? t('confirm.legal', { basis: naming.codes.name('legal_basis', legalBasis) })
          : t('confirm.consent')}
      </p>
      <p>{t('confirm.urgency', { urgency: naming.codes.name('urgency', urgency) })}</p>
      <p>{t('confirm.until', { day: formatDate(endsOn) })}</p>
    </ConfirmDialog>
  );
}

function DiscardDraft({ draftId, discard }: { draftId: string; discard: Sending['discard'] }) {
  const { t } = useTranslation('refer');
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>
        {t('discard')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        heading={t('discarding.title')}
        confirmLabel={t('discarding.confirm')}
        isGrave
        isBusy={discard.phase === 'sending'}
        onConfirm={() => discard.send(draftId)}
        onCancel={() => setAsking(false)}
      >
        <p>{t('discarding.body')}</p>
        {discard.problem ? <ProblemNotice problem={discard.problem} onRetry={discard.retry} /> : null}
      </ConfirmDialog>
    </>
  );
}
