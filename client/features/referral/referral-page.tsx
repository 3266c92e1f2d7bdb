import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { ReferralView } from '../../../server/referrals/referrals.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useRead } from '../../app/use-read.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PurposeNotice, StatedNotice } from '../safeguards/purpose-notice.tsx';
import { useStatedPurpose } from '../safeguards/stated-purpose.ts';
import { HistoryPart } from './history-part.tsx';
import { NoticeList } from './notice-list.tsx';
import { RecipientPart, type PartProps } from './recipient-part.tsx';
import './referral.css';
import { SenderPart } from './sender-part.tsx';
import { toneOf } from './state-tone.ts';
import { referralPath } from './use-deed.ts';
import { WithNames, type Naming } from './with-names.tsx';

/** One referral, as this person may see it. Opening it is recorded. */
export function Component() {
  const { t } = useTranslation('referral');
  const { referralId = '' } = useParams();
  const purpose = useStatedPurpose(referralId);
  const read = useRead<ReferralView>(referralPath(referralId), purpose.options);
  return (
    <Page heading={t('title')} tab="message">
      <WithNames>
        {(naming) => (
          <Loaded read={read}>
            {(referral) => (
              <>
                {referral.isPseudonymous ? <PurposeNotice onState={purpose.state} /> : null}
                {purpose.isStated && !referral.isPseudonymous ? <StatedNotice /> : null}
                <Referral key={referral.id} referral={referral} naming={naming} />
              </>
            )}
          </Loaded>
        )}
      </WithNames>
    </Page>
  );
}

function Referral({ referral, naming }: { referral: ReferralView; naming: Naming }) {
  const [isConflict, setConflict] = useState(false);
  const { state, box, notice } = referral;
  return (
    <>
      {isConflict ? <Conflict /> : null}
      <p>
        <StatusTag tone={toneOf(state)}>{naming.codes.name('referral_state', state)}</StatusTag>
      </p>
      {notice === null ? null : <p className="referral-need">{naming.names.service(notice.service)}</p>}
      <Ended state={state} isGone={notice === null && box === 'inbox'} />
      <Content referral={referral} naming={naming} onConflict={() => setConflict(true)} />
      <HistoryPart referral={referral} naming={naming} />
      <Ways referral={referral} />
    </>
  );
}

function Content(props: PartProps) {
  const { referral, naming } = props;
  const summary = <NoticeList referral={referral} naming={naming} />;
  if (referral.box === 'outbox')
    return (
      <>
        {summary}
        <SenderPart {...props} />
      </>
    );
  if (referral.notice === null) return null;
  // Whoever serves needs the way to make contact before everything else.
  const isServing = referral.envelope !== null;
  return (
    <>
      {isServing ? null : summary}
      <RecipientPart {...props} />
      {isServing ? summary : null}
    </>
  );
}

function Ways({ referral: { id, box, envelope, caseId } }: { referral: ReferralView }) {
  const { t } = useTranslation('referral');
  return (
    <ButtonRow>
      {envelope === null ? null : (
        <ButtonLink look="plain" to={paths.slip(id)}>
          {t('slip')}
        </ButtonLink>
      )}
      {caseId === null ? null : (
        <ButtonLink look="plain" to={paths.item(caseId)}>
          {t('toCase')}
        </ButtonLink>
      )}
      <ButtonLink look="quiet" to={box === 'inbox' ? paths.inbox : paths.outbox}>
        {t(box === 'inbox' ? 'toInbox' : 'toOutbox')}
      </ButtonLink>
    </ButtonRow>
  );
}

function Conflict() {
  const { t } = useTranslation('referral');
  const box = useRef<HTMLDivElement>(null);
  // The form that was pressed is gone.
  useEffect(() => box.current?.focus(), []);
  return (
    <div role="alert" ref={box} tabIndex={-1}>
      <Notice icon="warning" title={t('conflict')}>
        <p>{t('conflictWhy')}</p>
      </Notice>
    </div>
  );
}

const endings = ['declined', 'completed', 'withdrawn', 'recalled', 'expired'] as const;

function Ended({ state, isGone }: { state: ReferralView['state']; isGone: boolean }) {
  const { t } = useTranslation('referral');
  const ending = endings.find((each) => each === state);
  if (ending === undefined) return null;
  return (
    <Notice icon={ending === 'completed' ? 'check' : 'info'} title={t(`ended.${ending}`)}>
      {isGone ? <p>{t('ended.gone')}</p> : null}
      {ending === 'expired' && !isGone ? <p>{t('ended.expiredNext')}</p> : null}
    </Notice>
  );
}
