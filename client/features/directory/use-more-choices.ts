import { useEffect, useState } from 'react';
import { fieldId, type Choice } from '../../ui/field-id.ts';

export type MoreChoicesInput = {
  name: string;
  offered: readonly Choice[];
  shown: number | undefined;
  chosen: readonly string[];
};

export type More = {
  choices: readonly Choice[];
  hiddenCount: number;
  showAll: () => void;
};

const always = new Set(['UNKNOWN', 'NONE']);

/** The first few of a long list of choices, those already chosen and "not known"; all of them when asked. */
export function useMoreChoices({ name, offered, shown, chosen }: MoreChoicesInput): More {
  const [isOpen, setOpen] = useState(false);
  const limit = isOpen || shown === undefined ? offered.length : shown;
  const choices = offered.filter(({ value }, index) => index < limit || chosen.includes(value) || always.has(value));
  useEffect(() => {
    // The button that was pressed is gone: the first of the new choices takes its place.
    if (isOpen && shown !== undefined) document.getElementById(`${fieldId(name)}-${String(shown)}`)?.focus();
  }, [isOpen, name, shown]);
  return { choices, hiddenCount: offered.length - choices.length, showAll: () => setOpen(true) };
}
