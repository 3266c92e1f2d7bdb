import { useTranslation } from 'react-i18next';
import { hotlines } from '../../app/hotlines.ts';
import type { FieldBinding } from '../../ui/field-id.ts';
import { Icon } from '../../ui/icons.tsx';
import { RadiosField } from '../../ui/radios-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { Naming } from '../referral/with-names.tsx';
import type { ReferralOption } from './columns.ts';
import './refer.css';

export type CallCardProps = {
  agency: ReferralOption['agency'];
  naming: Naming;
  called: FieldBinding<string>;
  calledAt: FieldBinding<string>;
  spokeTo: FieldBinding<string>;
};

/** Danger now: the telephone comes before the form, and the form asks what came of it. */
export function CallCard({ agency, naming, called, calledAt, spokeTo }: CallCardProps) {
  const { t } = useTranslation('refer');
  return (
    <section className="call-card" aria-label={t('call.title')}>
      <h2 className="call-card-heading">
        <Icon name="phone" />
        {t('call.title')}
      </h2>
      <CallNumbers agency={agency} naming={naming} />
      <RadiosField
        {...called}
        label={t('call.asked')}
        choices={[
          { value: 'reached', label: t('call.reached') },
          { value: 'unreached', label: t('call.unreached') },
        ]}
      />
      {called.value === '' ? null : (
        <TextField {...calledAt} label={t('call.at')} hint={t('call.atHint')} inputMode="text" maxLength={5} />
      )}
      {called.value === 'reached' ? (
        <TextField {...spokeTo} label={t('call.spokeTo')} hint={t('call.spokeToHint')} maxLength={120} />
      ) : null}
    </section>
  );
}

/** The desk's number and those that answer at any hour. */
export function CallNumbers({ agency, naming }: Pick<CallCardProps, 'agency' | 'naming'>) {
  const { t } = useTranslation('refer');
  const { t: say } = useTranslation('shell');
  const desk = agency.dutyDesk;
  return (
    <>
      {desk === null ? <p>{t('call.noDesk')}</p> : null}
      <ul className="call-numbers">
        {desk === null ? null : (
          <li>
            <a href={`tel:${desk.phone.replaceAll(/[^\d+]/g, '')}`}>
              {t('call.desk', { agency: naming.agency(agency) })}: {desk.phone}
            </a>{' '}
            ({desk.hours})
          </li>
        )}
        {hotlines.map(({ key, number, shown }) => (
          <li key={key}>
            <a href={`tel:${number}`}>
              {say(`footer.${key}`)}: {shown}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
