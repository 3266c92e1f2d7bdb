import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField } from '../../ui/date-field.tsx';
import { partsOf } from '../../ui/date-parts.ts';
import { RadiosField } from '../../ui/radios-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { CodeRadios } from '../directory/code-fields.tsx';
import { dayBefore } from './days.ts';
import type { PageParts } from './form.ts';
import type { WhenKnown } from './values.ts';

/** The day as well as it is known; today and yesterday are one tap, the rest is typed in numbers. */
export function WhenFields({ form, codes, today }: PageParts) {
  const { t } = useTranslation('register');
  const { whenKnown, clockTime } = form.values;
  // A time that was given stays in sight whatever becomes of the day: what is sent can be seen and taken out.
  const [isTimed, setTimed] = useState(clockTime !== '');
  if (clockTime !== '' && !isTimed) setTimed(true);
  const known = form.field('whenKnown');
  function choose(choice: string): void {
    known.onChange(choice as WhenKnown);
    const day = choice === 'today' ? today : choice === 'yesterday' ? dayBefore(today) : null;
    if (choice !== 'part') form.field('occurredOn').onChange(partsOf(day));
  }
  return (
    <>
      <RadiosField
        {...known}
        onChange={choose}
        label={t('when.day')}
        choices={[
          { value: 'today', label: t('when.today') },
          { value: 'yesterday', label: t('when.yesterday') },
          { value: 'day', label: t('when.otherDay') },
          { value: 'part', label: t('when.part') },
        ]}
      />
      {whenKnown === 'day' ? <DateField {...form.field('occurredOn')} label={t('when.on')} /> : null}
      {whenKnown === 'part' ? (
        <div className="short-fields">
          <TextField
            {...form.field('occurredMonth')}
            label={t('when.month')}
            isOptional
            inputMode="numeric"
            maxLength={2}
          />
          <TextField {...form.field('occurredYear')} label={t('when.year')} inputMode="numeric" maxLength={4} />
        </div>
      ) : null}
      <CodeRadios {...form.field('timeOfDay')} label={t('when.timeOfDay')} codes={codes} list="time_of_day" />
      {(whenKnown === 'part' || whenKnown === '') && !isTimed ? null : (
        <TextField
          {...form.field('clockTime')}
          label={t('when.clock')}
          hint={t('when.clockHint')}
          isOptional
          inputMode="numeric"
          maxLength={6}
        />
      )}
    </>
  );
}
