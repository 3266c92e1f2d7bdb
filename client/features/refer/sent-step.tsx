import { useTranslation } from 'react-i18next';
import type { ReferralView } from '../../../server/referrals/referrals.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useRead } from '../../app/use-read.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { ContextualDate } from '../../ui/contextual-date.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { ReplaceLink } from '../../ui/replace-link.tsx';
import { FieldList } from '../referral/field-list.tsx';
import type { Naming } from '../referral/with-names.tsx';
import { CallNumbers } from './call-card.tsx';

export type SentStepProps = { caseId: string; referralId: string; naming: Naming };

/** What has left the house, said once more, and what comes next. */
export function SentStep({ caseId, referralId, naming }: SentStepProps) {
  const { t } = useTranslation('refer');
  const read = useRead<ReferralView>(`/api/referrals/${referralId}`);
  const partner = read.data ? naming.agency(read.data.data.partner) : '';
  return (
    <Page heading={partner === '' ? t('title') : t('sent.title', { agency: partner })} tab="done" caption={t('title')}>
      <Loaded read={read}>{(referral) => <Sent referral={referral} naming={naming} />}</Loaded>
      <ButtonRow>
        <ButtonLink to={paths.item(caseId)}>{t('toCase')}</ButtonLink>
        <ButtonLink look="plain" to={paths.slip(referralId)}>
          {t('sent.print')}
        </ButtonLink>
        <ButtonLink look="quiet" to={paths.refer(caseId)}>
          {t('sent.another')}
        </ButtonLink>
      </ButtonRow>
    </Page>
  );
}

function Sent({ referral, naming }: { referral: ReferralView; naming: Naming }) {
  const { t } = useTranslation('refer');
  const { notice, envelope, dueAt, dutyDesk, partner } = referral;
  const agency = { ...partner, sector: '', areaCode: '', isInArea: true, dutyDesk };
  return (
    <>
      {dueAt === null ? null : (
        <Notice icon="sent" title={t('sent.answerBy')}>
          <p>
            <ContextualDate due={dueAt} />
          </p>
          <ReplaceLink to={paths.message(referral.id)}>{t('sent.open')}</ReplaceLink>
        </Notice>
      )}
      {notice?.urgency === 'U0' ? (
        <>
          <p>{t('sent.call')}</p>
          <CallNumbers agency={agency} naming={naming} />
        </>
      ) : null}
      <h2>{t('sent.what')}</h2>
      <FieldList fields={envelope?.fields ?? []} naming={naming} />
    </>
  );
}
