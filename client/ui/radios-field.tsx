import { Radio } from '@mantine/core';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Radio.layer.css';
import { FieldGroup } from './field-group.tsx';
import { fieldId, type Choice, type FieldBinding, type FieldWords } from './field-id.ts';

export type RadiosFieldProps = FieldBinding<string> & FieldWords & { choices: readonly Choice[] };

/** One of up to eight choices; '' while nothing is chosen. "Not known" belongs among the choices. */
export function RadiosField({ name, value, onChange, choices, ...words }: RadiosFieldProps) {
  return (
    <FieldGroup name={name} {...words}>
      <div className="choices">
        {choices.map((choice, index) => (
          <Radio
            key={choice.value}
            id={index === 0 ? fieldId(name) : `${fieldId(name)}-${String(index)}`}
            name={name}
            value={choice.value}
            label={choice.label}
            description={choice.hint}
            checked={value === choice.value}
            onChange={() => onChange(choice.value)}
          />
        ))}
      </div>
    </FieldGroup>
  );
}
