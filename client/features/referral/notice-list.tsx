import { useTranslation } from 'react-i18next';
import type { Notice, ReferralView } from '../../../server/referrals/referrals.contract.ts';
import { ContextualDate } from '../../ui/contextual-date.tsx';
import { formatDateTime } from '../../ui/dates.ts';
import { SummaryList, type SummaryRow } from '../../ui/summary-list.tsx';
import type { Naming } from './with-names.tsx';

export type NoticeListProps = { referral: ReferralView; naming: Naming };

/** What a desk knows before it accepts: the need, how urgent, whence, roughly who. */
export function NoticeList({ referral, naming }: NoticeListProps) {
  return referral.notice === null ? null : <Rows referral={referral} notice={referral.notice} naming={naming} />;
}

function Rows({ referral, notice, naming }: NoticeListProps & { notice: Notice }) {
  const { t } = useTranslation('referral');
  const party = usePartyRows(referral, naming);
  const age = useAge(notice, naming);
  const { sentAt, dueAt, state } = referral;
  const isWaiting = state === 'sent' || state === 'received';
  const rows: SummaryRow[] = [
    { label: t('notice.need'), value: naming.names.service(notice.service) },
    { label: t('notice.urgency'), value: naming.codes.name('urgency', notice.urgency) },
    { label: t('notice.dueAt'), value: isWaiting && dueAt !== null ? <ContextualDate due={dueAt} /> : '' },
    ...party,
    { label: t('notice.area'), value: notice.areaCode === '' ? '' : naming.names.area(notice.areaCode) },
    { label: t('notice.ageBand'), value: age },
    { label: t('notice.basis'), value: naming.codes.name('legal_basis', notice.basis) },
    { label: t('notice.caseCode'), value: notice.caseCode },
    { label: t('notice.sentAt'), value: sentAt === null ? '' : formatDateTime(sentAt) },
  ];
  return <SummaryList rows={rows.filter(({ value }) => value !== '')} />;
}

/** The other side, with the number of its desk. */
function usePartyRows({ box, partner, dutyDesk }: ReferralView, naming: Naming): SummaryRow[] {
  const { t } = useTranslation('referral');
  const [who, desk] =
    box === 'inbox' ? (['notice.sender', 'notice.desk'] as const) : (['notice.recipient', 'notice.deskTo'] as const);
  return [
    { label: t(who), value: naming.agency(partner) },
    { label: t(desk), value: dutyDesk === null ? '' : <DeskPhone desk={dutyDesk} /> },
  ];
}

function useAge({ ageBand, isChild }: Notice, naming: Naming): string {
  const { t } = useTranslation('referral');
  const age = naming.codes.name('age_band', ageBand);
  return isChild ? t('notice.ageAndChild', { age }) : age;
}

/** The number of an office: nobody in the case is harmed by calling it. */
function DeskPhone({ desk }: { desk: NonNullable<ReferralView['dutyDesk']> }) {
  return (
    <>
      <a className="link" href={`tel:${desk.phone.replaceAll(/[^\d+]/g, '')}`}>
        {desk.phone}
      </a>{' '}
      ({desk.hours})
    </>
  );
}
