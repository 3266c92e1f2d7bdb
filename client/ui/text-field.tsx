import { TextInput } from '@mantine/core';
import '@mantine/core/styles/Input.layer.css';
import type { HTMLInputAutoCompleteAttribute } from 'react';
import './fields.css';
import { fieldId, type FieldBinding, type FieldWords } from './field-id.ts';
import { FieldError, useLabel } from './field-words.tsx';

export type TextFieldProps = FieldBinding<string> &
  FieldWords & {
    inputMode?: 'text' | 'numeric' | 'tel';
    /** Off unless the person types her own data, as at the sign-in. */
    autoComplete?: HTMLInputAutoCompleteAttribute;
    maxLength?: number;
  };

export function TextField(props: TextFieldProps) {
  const { name, label, hint, isOptional, error, value, onChange, inputMode = 'text', autoComplete = 'off' } = props;
  return (
    <TextInput
      className={error ? 'field field-error' : 'field'}
      id={fieldId(name)}
      name={name}
      label={useLabel(label, isOptional)}
      description={hint}
      error={error ? <FieldError message={error} /> : null}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      inputMode={inputMode}
      autoComplete={autoComplete}
      autoCapitalize="none"
      spellCheck={false}
      {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
    />
  );
}
