import { NativeSelect } from '@mantine/core';
import '@mantine/core/styles/Input.layer.css';
import { useTranslation } from 'react-i18next';
import './fields.css';
import { fieldId, type Choice, type FieldBinding, type FieldWords } from './field-id.ts';
import { FieldError, useLabel } from './field-words.tsx';

export type SelectFieldProps = FieldBinding<string> &
  FieldWords & {
    choices: readonly Choice[];
    /** What choosing nothing means, where it means something ("all stages"). */
    emptyLabel?: string;
  };

/** For more than eight choices; the browser's own list is the one people know on their phone. '' means none. */
export function SelectField(props: SelectFieldProps) {
  const { name, label, hint, isOptional, error, value, onChange, choices, emptyLabel } = props;
  const { t } = useTranslation('ui');
  return (
    <NativeSelect
      className={error ? 'field field-error' : 'field'}
      id={fieldId(name)}
      name={name}
      label={useLabel(label, isOptional)}
      description={hint}
      error={error ? <FieldError message={error} /> : null}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: '', label: emptyLabel ?? t('chooseOne') },
        ...choices.map(({ value: code, label: name }) => ({ value: code, label: name })),
      ]}
    />
  );
}
