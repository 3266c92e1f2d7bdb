import type { EnvelopeField } from '../../../server/referrals/referrals.contract.ts';
import { SummaryList } from '../../ui/summary-list.tsx';
import { FieldValue } from './field-value.tsx';
import type { Naming } from './with-names.tsx';

/** How she can be reached comes first: nobody should read a number before the rules. */
export function contactFirst(fields: readonly EnvelopeField[]): EnvelopeField[] {
  const isContact = ({ field }: EnvelopeField): boolean => field === 'safe_contact';
  return [...fields.filter(isContact), ...fields.filter((field) => !isContact(field))];
}

/** The fields of an envelope with their values. */
export function FieldList({ fields, naming }: { fields: readonly EnvelopeField[]; naming: Naming }) {
  return (
    <SummaryList
      rows={contactFirst(fields).map(({ field, value }) => ({
        label: naming.field(field),
        value: <FieldValue field={field} value={value} naming={naming} />,
      }))}
    />
  );
}
