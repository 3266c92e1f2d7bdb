import { useTranslation } from 'react-i18next';
import type { ReferralView } from '../../../server/referrals/referrals.contract.ts';
import { ContextualDate } from '../../ui/contextual-date.tsx';
import { formatDateTime } from '../../ui/dates.ts';
import { SummaryList, type SummaryRow } from '../../ui/summary-list.tsx';
import type { Naming } from './with-names.tsx';

export type NoticeListProps = { referral: ReferralView; naming: Naming };

/** What a desk knows before it accepts: the need, how urgent, whence, roughly who. */
export function NoticeList({ referral, naming }: NoticeListProps) {
  const { t } = useTranslation('referral');
  const { notice, sentAt, dueAt, state, box, dutyDesk } = referral;
  if (notice === null) return null;
  const isWaiting = state === 'sent' || state === 'received';
  const age = naming.codes.name('age_band', notice.ageBand);
  const rows: (SummaryRow | null)[] = [
    { label: t('notice.need'), value: naming.names.service(notice.service) },
    { label: t('notice.urgency'), value: naming.codes.name('urgency', notice.urgency) },
    dueAt === null || !isWaiting ? null : { label: t('notice.dueAt'), value: <ContextualDate due={dueAt} /> },
    box === 'inbox'
      ? { label: t('notice.sender'), value: naming.agency(notice.sender) }
      : { label: t('notice.recipient'), value: naming.agency(notice.recipient) },
    dutyDesk === null
      ? null
      : { label: t(box === 'inbox' ? 'notice.desk' : 'notice.deskTo'), value: <DeskPhone desk={dutyDesk} /> },
    notice.areaCode === '' ? null : { label: t('notice.area'), value: naming.names.area(notice.areaCode) },
    age === '' ? null : { label: t('notice.ageBand'), value: notice.isChild ? t('notice.ageAndChild', { age }) : age },
    notice.basis === '' ? null : { label: t('notice.basis'), value: naming.codes.name('legal_basis', notice.basis) },
    notice.caseCode === '' ? null : { label: t('notice.caseCode'), value: notice.caseCode },
    sentAt === null ? null : { label: t('notice.sentAt'), value: formatDateTime(sentAt) },
  ];
  return <SummaryList rows={rows.filter((row) => row !== null)} />;
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
