import { Textarea } from '@mantine/core';
import '@mantine/core/styles/Input.layer.css';
import { useTranslation } from 'react-i18next';
import './fields.css';
import { fieldId, type FieldBinding, type FieldWords } from './field-id.ts';
import { FieldError, useLabel } from './field-words.tsx';

export type NotesFieldProps = FieldBinding<string> & Omit<FieldWords, 'hint'> & { maxLength?: number };

/** Free text, which should be rare, short and last: the hint asks for no names and no addresses. */
export function NotesField({ name, label, isOptional, error, value, onChange, maxLength = 500 }: NotesFieldProps) {
  const { t } = useTranslation('ui');
  const left = t('charactersLeft', { count: maxLength - value.length });
  return (
    <Textarea
      className={error ? 'field field-error' : 'field'}
      id={fieldId(name)}
      name={name}
      label={useLabel(label, isOptional)}
      description={`${t('notesHint')} ${left}.`}
      error={error ? <FieldError message={error} /> : null}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      rows={4}
      maxLength={maxLength}
      autoComplete="off"
    />
  );
}
