import type { KeptForm } from '../../app/kept/use-kept-form.ts';
import type { FieldBinding } from '../../ui/field-id.ts';
import type { Codes } from '../directory/codes.ts';
import type { ChildValues, PerpetratorValues, RegistrationValues } from './values.ts';

export type RegistrationForm = KeptForm<RegistrationValues>;

/** What every page of the registration works with. */
export type PageParts = {
  form: RegistrationForm;
  codes: Codes;
  /** Today in Viet Nam, `2026-03-27`. */
  today: string;
};

/** The key under which the values of one registration are kept through a lock. */
export function formKey(draftId: string): string {
  return `register:${draftId}`;
}

type Rows = { perpetrators: PerpetratorValues; children: ChildValues };

/** Binds the fields of one row of a list, as `form.field` binds those of the form. */
export function rowField<List extends keyof Rows>(
  form: RegistrationForm,
  list: List,
  index: number,
): (name: keyof Rows[List] & string) => FieldBinding<string> {
  const rows = form.values[list] as readonly Rows[List][];
  return (name) => {
    const path = `${list}.${String(index)}.${name}`;
    const error = form.inner.errors[path];
    return {
      name: path,
      value: String(rows[index]?.[name] ?? ''),
      onChange: (value) => {
        setRows(
          form,
          list,
          rows.map((row, at) => (at === index ? { ...row, [name]: value } : row)),
        );
        form.inner.clearFieldError(path);
      },
      error: typeof error === 'string' ? error : undefined,
    };
  };
}

export function setRows<List extends keyof Rows>(
  form: RegistrationForm,
  list: List,
  rows: readonly Rows[List][],
): void {
  form.inner.setValues({ [list]: rows } as Partial<RegistrationValues>);
}

/** Takes one row out. The errors of the list go too: they are counted by position. */
export function removeRow(form: RegistrationForm, list: keyof Rows, index: number): void {
  form.inner.setValues({ [list]: form.values[list].filter((_row, at) => at !== index) } as Partial<RegistrationValues>);
  for (const path of Object.keys(form.inner.errors)) if (path.startsWith(`${list}.`)) form.inner.clearFieldError(path);
}

/** Puts messages beside their fields, also those of list rows (`perpetrators.0.phone`). */
export function showErrors(form: RegistrationForm, messages: Readonly<Record<string, string>>): void {
  form.inner.setErrors(messages);
}

/** Whether any of these fields, which stand in a closed section, needs mending. */
export function hasErrorIn(form: RegistrationForm, names: readonly string[]): boolean {
  return Object.keys(form.inner.errors).some((path) =>
    names.some((name) => path === name || path.endsWith(`.${name}`)),
  );
}

/** The words for whoever is accused, by the kind of case. */
export function perpetratorWords(kind: string): 'perpetrator' | 'trafficker' {
  return kind === 'trafficking' ? 'trafficker' : 'perpetrator';
}
