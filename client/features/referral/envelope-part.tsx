import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ReferralView } from '../../../server/referrals/referrals.contract.ts';
import { ContextualDate } from '../../ui/contextual-date.tsx';
import { formatDateTime } from '../../ui/dates.ts';
import { SummaryList } from '../../ui/summary-list.tsx';
import { FieldList } from './field-list.tsx';
import type { Naming } from './with-names.tsx';

export type EnvelopePartProps = {
  envelope: NonNullable<ReferralView['envelope']>;
  box: ReferralView['box'];
  naming: Naming;
};

/** What was sent: for what, until when, and the values, with the way to make contact safely on top. */
export function EnvelopePart({ envelope, box, naming }: EnvelopePartProps) {
  const { t } = useTranslation('referral');
  const { fields, purpose, endsAt, note, reason, call } = envelope;
  return (
    <section aria-label={t(box === 'inbox' ? 'envelope.title' : 'envelope.sentTitle')}>
      <h2>{t(box === 'inbox' ? 'envelope.title' : 'envelope.sentTitle')}</h2>
      <SummaryList
        rows={[
          { label: t('envelope.purpose'), value: naming.purpose(purpose) },
          {
            label: t('envelope.until'),
            value: (
              <>
                <ContextualDate due={endsAt} />
                <br />
                {t('envelope.untilWhy')}
              </>
            ),
          },
          ...(reason ? [{ label: t('envelope.reason'), value: reason }] : []),
          ...(call ? [{ label: t('envelope.call'), value: callInWords(call, t) }] : []),
          ...(note ? [{ label: t('envelope.note'), value: note }] : []),
        ]}
      />
      {box === 'inbox' ? <p>{t('envelope.onlyFor')}</p> : null}
      <FieldList fields={fields} naming={naming} />
    </section>
  );
}

type Call = NonNullable<EnvelopePartProps['envelope']['call']>;

/** Whom the sender spoke to before an emergency referral went, so that nobody calls twice or believes the other did. */
function callInWords(call: Call, t: TFunction<'referral'>): string {
  const at = formatDateTime(call.calledAt);
  return call.isReached ? t('envelope.reached', { at, name: call.spokeTo ?? '' }) : t('envelope.unreached', { at });
}
