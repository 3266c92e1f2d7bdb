import { CheckboxesField } from '../../ui/checkboxes-field.tsx';
import type { Choice, FieldBinding, FieldWords } from '../../ui/field-id.ts';
import { RadiosField } from '../../ui/radios-field.tsx';
import { settleExclusive, type Codes } from './codes.ts';
import { MoreChoices } from './more-choices.tsx';
import { useMoreChoices } from './use-more-choices.ts';

type CodeFieldProps<Value> = FieldBinding<Value> &
  FieldWords & {
    codes: Codes;
    list: string;
    /** How many of a long list are shown at first; the rest is one tap away. */
    shown?: number;
    /** Codes that this question does not offer. */
    without?: readonly string[];
    isHinted?: boolean;
  };

/** One code of a list as radios. "Not known" is always among those shown. */
export function CodeRadios({ codes, list, shown, without = [], isHinted = true, ...field }: CodeFieldProps<string>) {
  const offered = offer(codes, { list, without, isHinted });
  const more = useMoreChoices({ name: field.name, offered, shown, chosen: [field.value] });
  return (
    <MoreChoices more={more} label={field.label}>
      <RadiosField {...field} choices={more.choices} />
    </MoreChoices>
  );
}

/** Any codes of a list as checkboxes; "none" and "not known" stand alone. */
export function CodeCheckboxes({
  codes,
  list,
  shown,
  without = [],
  isHinted = true,
  ...field
}: CodeFieldProps<readonly string[]>) {
  const offered = offer(codes, { list, without, isHinted });
  const more = useMoreChoices({ name: field.name, offered, shown, chosen: field.value });
  return (
    <MoreChoices more={more} label={field.label}>
      <CheckboxesField
        {...field}
        choices={more.choices}
        onChange={(after) => field.onChange(settleExclusive(codes.all(list), field.value, after))}
      />
    </MoreChoices>
  );
}

type Offer = { list: string; without: readonly string[]; isHinted: boolean };

function offer(codes: Codes, { list, without, isHinted }: Offer): Choice[] {
  return codes.choices(list, { isHinted }).filter(({ value }) => !without.includes(value));
}
