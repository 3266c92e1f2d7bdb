import { TextInput } from '@mantine/core';
import '@mantine/core/styles/Input.layer.css';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import './fields.css';
import { fieldId, type FieldBinding } from './field-id.ts';
import { FieldError } from './field-words.tsx';

export type PasswordFieldProps = FieldBinding<string> & { label: string };

/** The own password of the person at the keyboard; password managers may fill it. */
export function PasswordField({ name, label, error, value, onChange }: PasswordFieldProps) {
  const { t } = useTranslation('ui');
  const [isShown, setShown] = useState(false);
  return (
    <div className={error ? 'field field-error' : 'field'}>
      <TextInput
        id={fieldId(name)}
        name={name}
        type={isShown ? 'text' : 'password'}
        label={label}
        error={error ? <FieldError message={error} /> : null}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        autoComplete="current-password"
        autoCapitalize="none"
        spellCheck={false}
      />
      <Button look="quiet" onClick={() => setShown(!isShown)}>
        {t(isShown ? 'hidePassword' : 'showPassword')}
      </Button>
    </div>
  );
}
