import { useForm } from '@mantine/form';
import { useMemo, useState, type ReactNode, type SyntheticEvent } from 'react';
import type { SummaryError } from '../../ui/error-summary.tsx';
import type { FieldBinding } from '../../ui/field-id.ts';
import type { ApiProblem } from '../api/problem.ts';
import { useKeeper } from '../session/use-session.ts';

type FormValues = Record<string, unknown>;
type Messages = Record<string, ReactNode>;

/** The package's own types cannot be named under this module resolution; they are derived from its function. */
type InnerForm<Values extends FormValues> = ReturnType<typeof useForm<Values>>;
type InnerInput<Values extends FormValues> = NonNullable<Parameters<typeof useForm<Values>>[0]>;

export type KeptFormOptions<Values extends FormValues> = {
  /** The message for each field that cannot be sent as it is. */
  validate?: (values: Values) => FieldMessages<Values>;
};

export type FieldMessages<Values extends FormValues> = { [Name in keyof Values & string]?: string | undefined };

export type KeptForm<Values extends FormValues> = {
  values: Values;
  /** Everything a field wrapper of `ui/` needs: `<TextField {...form.field('note')} label=… />`. */
  field: <Name extends keyof Values & string>(name: Name) => FieldBinding<Values[Name]>;
  /** For `<form noValidate onSubmit={form.submit(send)}>`: validates first, and counts a failure as an attempt. */
  submit: (send: (values: Values) => void) => (event: SyntheticEvent<HTMLFormElement>) => void;
  /** For `ErrorSummary`. */
  errors: readonly SummaryError[];
  attempt: number;
  /** Puts what the server refused beside its fields; true when it named any field of this form. */
  showProblem: (problem: ApiProblem) => boolean;
  /** Whether the values came back from before a lock or an earlier visit. */
  wasKept: boolean;
  /** Forgets the values: call it when they have been saved. */
  forget: () => void;
  /** The form underneath, for what is not covered here. */
  inner: InnerForm<Values>;
};

/**
 * A form whose values survive a lock of the screen and a change of screen, in memory only, until `forget`, sign-out or
 * exit. `key` names one form about one thing (`note:${caseId}`); give the component the same React key.
 */
export function useKeptForm<Values extends FormValues>(
  key: string,
  initial: Values,
  options: KeptFormOptions<Values> = {},
): KeptForm<Values> {
  const { kept } = useKeeper();
  const [before] = useState(() => kept.get(key) as Values | undefined);
  const [attempt, setAttempt] = useState(0);
  const input: InnerInput<Values> = {
    validate: (values) => options.validate?.(values) ?? {},
    mode: 'controlled',
    // A change clears the error of its own field (`bind`); the others stay until they are mended.
    clearInputErrorOnChange: false,
    initialValues: before ?? initial,
    onValuesChange: (values) => kept.put(key, values),
  };
  const inner = useForm<Values>(input);
  const errors = useMemo(() => summaryOf(inner.errors), [inner.errors]);
  return {
    values: inner.values,
    field: (name) => bind(inner, name),
    submit: (send) =>
      inner.onSubmit(
        (values) => send(values),
        () => setAttempt((count) => count + 1),
      ) as (event: SyntheticEvent<HTMLFormElement>) => void,
    errors,
    attempt,
    showProblem: (problem) => {
      const found = fieldErrors(problem, inner.values);
      inner.setErrors(found);
      setAttempt((count) => count + 1);
      return Object.keys(found).length > 0;
    },
    wasKept: before !== undefined,
    forget: () => kept.drop(key),
    inner,
  };
}

function bind<Values extends FormValues, Name extends keyof Values & string>(
  form: InnerForm<Values>,
  name: Name,
): FieldBinding<Values[Name]> {
  const error = form.errors[name];
  return {
    name,
    value: form.values[name],
    onChange: (value) => {
      form.setValues({ [name]: value } as unknown as Partial<Values>);
      form.clearFieldError(name);
    },
    error: typeof error === 'string' ? error : undefined,
  };
}

function summaryOf(errors: Messages): SummaryError[] {
  return Object.entries(errors).flatMap(([field, message]) =>
    typeof message === 'string' && message !== '' ? [{ field, message }] : [],
  );
}

/** A refusal of `person.birthYear` belongs to the field `person` of a form that has no deeper one. */
function fieldErrors(problem: ApiProblem, values: FormValues): Messages {
  const found: Messages = {};
  for (const { field, message } of problem.errors) {
    const own = field in values ? field : (field.split('.')[0] ?? '');
    if (own in values) found[own] ??= message;
  }
  return found;
}
