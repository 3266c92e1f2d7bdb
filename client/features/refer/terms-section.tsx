import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { formatDate } from '../../ui/dates.ts';
import type { Choice, FieldBinding } from '../../ui/field-id.ts';
import { NotesField } from '../../ui/notes-field.tsx';
import { RadiosField } from '../../ui/radios-field.tsx';
import type { Naming } from '../referral/with-names.tsx';
import { endChoices } from './periods.ts';

export type TermsSectionProps = {
  naming: Naming;
  suggestedUrgency: string;
  today: string;
  /** The end of the chosen consent. */
  limit: string | null;
  urgency: FieldBinding<string>;
  endsOn: FieldBinding<string>;
  note: FieldBinding<string>;
};

/** How urgent, for how long, and a note that is seldom needed. */
export function TermsSection({ naming, suggestedUrgency, today, limit, urgency, endsOn, note }: TermsSectionProps) {
  const { t } = useTranslation('refer');
  const [isNoteOpen, setNoteOpen] = useState(note.value !== '');
  const isSuggested = urgency.value === suggestedUrgency;
  return (
    <>
      <RadiosField
        {...urgency}
        label={t('terms.urgency')}
        {...(isSuggested ? { hint: t('terms.suggested') } : {})}
        choices={naming.codes.choices('urgency')}
      />
      <RadiosField {...endsOn} label={t('terms.until')} choices={useEnds(today, limit, endsOn.value)} />
      {isNoteOpen ? (
        <NotesField {...note} label={t('terms.note')} isOptional />
      ) : (
        <Button look="quiet" onClick={() => setNoteOpen(true)}>
          {t('terms.addNote')}
        </Button>
      )}
    </>
  );
}

function useEnds(today: string, limit: string | null, chosen: string): Choice[] {
  const { t } = useTranslation('refer');
  const choices = endChoices(today, limit).map(({ day, days }) => ({
    value: day,
    label:
      days === null
        ? t('terms.consentEnd', { day: formatDate(day) })
        : t('terms.days', { count: days, day: formatDate(day) }),
  }));
  // A draft written on another day has an end of its own.
  const isListed = choices.some(({ value }) => value === chosen);
  return isListed ? choices : [{ value: chosen, label: t('terms.draftEnd', { day: formatDate(chosen) }) }, ...choices];
}
