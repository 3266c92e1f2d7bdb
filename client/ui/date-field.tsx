import { TextInput } from '@mantine/core';
import '@mantine/core/styles/Input.layer.css';
import { useTranslation } from 'react-i18next';
import type { DateParts } from './date-parts.ts';
import { FieldGroup } from './field-group.tsx';
import { fieldId, type FieldBinding, type FieldWords } from './field-id.ts';

export type DateFieldProps = FieldBinding<DateParts> & FieldWords;

const boxes = [
  { part: 'day', length: 2, className: 'date-part' },
  { part: 'month', length: 2, className: 'date-part' },
  { part: 'year', length: 4, className: 'date-part-year' },
] as const;

/** A date in three boxes, in the order dd mm yyyy; read it with `readDate`. */
export function DateField({ name, value, onChange, error, hint, ...words }: DateFieldProps) {
  const { t } = useTranslation('ui');
  const id = fieldId(name);
  return (
    <FieldGroup name={name} error={error} hint={hint ?? t('date.hint')} {...words}>
      <div className="date-parts">
        {boxes.map(({ part, length, className }) => (
          <TextInput
            key={part}
            className={className}
            id={part === 'day' ? id : `${id}-${part}`}
            name={`${name}.${part}`}
            label={t(`date.${part}`)}
            value={value[part]}
            onChange={(event) => onChange({ ...value, [part]: event.currentTarget.value })}
            inputMode="numeric"
            maxLength={length}
            autoComplete="off"
            error={error !== undefined}
          />
        ))}
      </div>
    </FieldGroup>
  );
}
