import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnvelopeField, Notice, ReferralView } from '../../../server/referrals/referrals.contract.ts';
import { useMe } from '../../app/session/use-session.ts';
import { formatDate, formatDateTime } from '../../ui/dates.ts';
import { PrintedValue } from '../referral/field-value.tsx';
import type { Naming } from '../referral/with-names.tsx';
import { HandwrittenPart } from './handwritten-part.tsx';
import '../../ui/sheet.css';
import { usePrintTime } from '../../ui/use-print-time.ts';

/** A referral whose content this person may see: the sender's side, or those assigned. */
export type SheetReferral = ReferralView & { notice: Notice; envelope: NonNullable<ReferralView['envelope']> };

export function hasSheet(referral: ReferralView): referral is SheetReferral {
  return referral.notice !== null && referral.envelope !== null;
}

export type SheetProps = { referral: SheetReferral; naming: Naming };

/** The referral on one sheet of A4: who, to whom, on what basis; how to make contact; the values; room for an answer. */
export function Sheet({ referral, naming }: SheetProps) {
  const { t } = useTranslation('slip');
  const { demonstration } = useMe();
  const { notice, envelope, sentAt, box, dutyDesk } = referral;
  const desk = dutyDesk === null ? '' : ` · ${t('sheet.desk')}: ${dutyDesk.phone}`;
  const contact = envelope.fields.find(({ field }) => field === 'safe_contact');
  const rest = envelope.fields.filter(({ field }) => field !== 'safe_contact');
  return (
    <article className="sheet" aria-labelledby="sheet-title">
      <p className="sheet-top">
        {naming.agency(notice.sender)}
        <span>
          {t('sheet.code')}: <strong>{notice.caseCode}</strong>
        </span>
      </p>
      <h2 className="sheet-title" id="sheet-title">
        {t('sheet.title')}
      </h2>
      <p className="sheet-mark">{t('sheet.confidential')}</p>
      {demonstration ? <p className="sheet-mark">{t('sheet.demonstration')}</p> : null}
      <dl className="sheet-list">
        <Row label={t('sheet.from')}>
          {naming.agency(notice.sender)}
          {box === 'inbox' ? desk : ''}
        </Row>
        <Row label={t('sheet.to')}>
          {naming.agency(notice.recipient)}
          {box === 'outbox' ? desk : ''}
        </Row>
        {sentAt === null ? null : <Row label={t('sheet.sentAt')}>{formatDateTime(sentAt)}</Row>}
        <Row label={t('sheet.need')}>{naming.names.service(notice.service)}</Row>
        <Row label={t('sheet.urgency')}>{naming.codes.name('urgency', notice.urgency)}</Row>
        <Row label={t('sheet.basis')}>{naming.codes.name('legal_basis', notice.basis)}</Row>
        <Row label={t('sheet.purpose')}>{naming.purpose(envelope.purpose)}</Row>
        <Row label={t('sheet.period')}>{formatDate(envelope.endsAt)}</Row>
        <Row label={t('sheet.area')}>{naming.names.area(notice.areaCode)}</Row>
        {envelope.note ? <Row label={t('sheet.note')}>{envelope.note}</Row> : null}
      </dl>
      {contact ? (
        <>
          <h3>{t('sheet.contactFirst')}</h3>
          <Fields fields={[contact]} naming={naming} />
        </>
      ) : null}
      <h3>{t('sheet.content')}</h3>
      <Fields fields={rest} naming={naming} />
      <HandwrittenPart outcomes={naming.codes.choices('referral_outcome', { isHinted: false })} />
      <Printed naming={naming} />
    </article>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Fields({ fields, naming }: { fields: readonly EnvelopeField[]; naming: Naming }) {
  return (
    <dl className="sheet-list">
      {fields.map(({ field, value }) => (
        <Row key={field} label={naming.field(field)}>
          <PrintedValue field={field} value={value} naming={naming} />
        </Row>
      ))}
    </dl>
  );
}

/** Paper says who made it and when; the moment is that of the last look at this screen. */
function Printed({ naming }: { naming: Naming }) {
  const { t } = useTranslation('slip');
  const { staff, agency } = useMe();
  const at = formatDateTime(usePrintTime());
  return (
    <p className="sheet-printed">
      {t('sheet.printed', { name: staff.displayName, agency: naming.agency(agency), at })}
    </p>
  );
}
