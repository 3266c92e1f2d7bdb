import { useTranslation } from 'react-i18next';
import { ClosedSection } from '../../ui/closed-section.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { formatDate } from '../../ui/dates.ts';
import { CodeRadios } from '../directory/code-fields.tsx';
import { WithCodes } from '../directory/with-codes.tsx';
import { fullDay } from './dates-typed.ts';
import { hasErrorIn, type RegistrationForm } from './form.ts';

/** How the report arrived; usually today, in person, at the own desk. */
export function ReportSection({ form }: { form: RegistrationForm }) {
  const { t } = useTranslation('register');
  const received = fullDay(form.values.receivedOn);
  const isUsual = form.values.channel === 'IN_PERSON';
  return (
    <ClosedSection
      heading={t('report.title')}
      note={t(isUsual ? 'report.noteInPerson' : 'report.note', { day: received ? formatDate(received) : '–' })}
      isOpen={hasErrorIn(form, ['receivedOn', 'channel', 'addressType'])}
    >
      <WithCodes lists={['report_channel', 'report_address_type']}>
        {(codes) => (
          <>
            <DateField {...form.field('receivedOn')} label={t('report.receivedOn')} />
            <CodeRadios {...form.field('channel')} label={t('report.channel')} codes={codes} list="report_channel" />
            <CodeRadios
              {...form.field('addressType')}
              label={t('report.addressType')}
              codes={codes}
              list="report_address_type"
            />
          </>
        )}
      </WithCodes>
    </ClosedSection>
  );
}
