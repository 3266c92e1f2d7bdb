import { useTranslation } from 'react-i18next';
import type { ReferralView } from '../../../server/referrals/referrals.contract.ts';
import { ContextualDate } from '../../ui/contextual-date.tsx';
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
  const { fields, purpose, endsAt, note } = envelope;
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
          ...(note ? [{ label: t('envelope.note'), value: note }] : []),
        ]}
      />
      {box === 'inbox' ? <p>{t('envelope.onlyFor')}</p> : null}
      <FieldList fields={fields} naming={naming} />
    </section>
  );
}
