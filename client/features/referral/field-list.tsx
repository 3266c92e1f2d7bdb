import type { EnvelopeField } from '../../../server/referrals/referrals.contract.ts';
import { SummaryList } from '../../ui/summary-list.tsx';
import { contactFirst } from './contact-first.ts';
import { FieldValue } from './field-value.tsx';
import type { Naming } from './with-names.tsx';

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
