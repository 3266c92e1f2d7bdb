/** The id of the element that a link in the error summary leads to; `name` is the field's dotted path. */
export function fieldId(name: string): string {
  return `field-${name.replaceAll('.', '-')}`;
}

/** What a field wrapper needs from a form; `field(name)` of `useKeptForm` gives it. */
export type FieldBinding<Value> = {
  name: string;
  value: Value;
  onChange: (value: Value) => void;
  error: string | undefined;
};

export type FieldWords = {
  label: string;
  hint?: string;
  /** Everything is needed unless it says otherwise. */
  isOptional?: boolean;
};

export type Choice = { value: string; label: string; hint?: string };
