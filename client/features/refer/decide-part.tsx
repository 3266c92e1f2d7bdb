import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.tsx';
import { BasisSection } from './basis-section.tsx';
import { ConsentSection } from './consent-section.tsx';
import { SendPart } from './send-part.tsx';
import type { ShareStepProps } from './share-step.tsx';
import { basisOfConsent, scopeOf } from './share-values.ts';
import type { Sending } from './use-sending.ts';
import type { ShareForm } from './use-share-form.ts';

export type DecidePartProps = ShareStepProps & {
  share: ShareForm;
  sending: Sending;
  /** The fields that would leave now: what a new consent is asked for. */
  leaving: readonly string[];
};

/** On what it rests, how urgent, for how long; then the buttons. */
export function DecidePart(props: DecidePartProps) {
  const { t } = useTranslation('refer');
  const { caseId, options, naming, share, leaving } = props;
  const { option, today } = props.setting;
  const { form } = share;
  const [isRecorded, setRecorded] = useState(false);
  const isOnConsent = scopeOf(option, form.values.basis).kind === 'consent';
  return (
    <>
      <BasisSection
        option={option}
        legalBases={options.mayUseLegalBasis}
        naming={naming}
        basis={share.basis}
        legalBasis={form.field('legalBasis')}
        reason={form.field('reason')}
      />
      {form.values.basis === 'new' ? (
        <ConsentSection
          caseId={caseId}
          option={option}
          fields={leaving}
          isChild={options.mayUseLegalBasis.includes('CHILD_DUTY')}
          today={today}
          naming={naming}
          onRecorded={({ id }) => {
            setRecorded(true);
            share.setBasis(basisOfConsent(id));
          }}
        />
      ) : null}
      <div role="status">
        {isRecorded && isOnConsent ? <Notice icon="check" title={t('consent.recorded')} /> : null}
      </div>
      <SendPart {...props} />
    </>
  );
}
