import type { ReactNode } from 'react';
import './fields.css';
import { fieldId, type FieldWords } from './field-id.ts';
import { FieldError, useLabel } from './field-words.tsx';

type FieldGroupProps = FieldWords & { name: string; error: string | undefined; children: ReactNode };

/** Several inputs under one question. */
export function FieldGroup({ name, label, hint, isOptional, error, children }: FieldGroupProps) {
  const id = fieldId(name);
  const legend = useLabel(label, isOptional);
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <fieldset className={error ? 'field field-error' : 'field'} aria-describedby={described || undefined}>
      <legend className="field-label">{legend}</legend>
      {hint ? (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p className="field-message" id={`${id}-error`}>
          <FieldError message={error} />
        </p>
      ) : null}
      {children}
    </fieldset>
  );
}
