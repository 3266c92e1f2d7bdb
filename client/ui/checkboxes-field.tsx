import { Checkbox } from '@mantine/core';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import { FieldGroup } from './field-group.tsx';
import { fieldId, type Choice, type FieldBinding, type FieldWords } from './field-id.ts';

export type CheckboxesFieldProps = FieldBinding<readonly string[]> & FieldWords & { choices: readonly Choice[] };

/** Any number of choices; the value keeps the order of `choices`. */
export function CheckboxesField({ name, value, onChange, choices, ...words }: CheckboxesFieldProps) {
  function toggle(code: string): void {
    const isOn = value.includes(code);
    const next = choices.map((choice) => choice.value).filter((each) => (each === code ? !isOn : value.includes(each)));
    onChange(next);
  }
  return (
    <FieldGroup name={name} {...words}>
      <div className="choices">
        {choices.map((choice, index) => (
          <Checkbox
            key={choice.value}
            id={index === 0 ? fieldId(name) : `${fieldId(name)}-${String(index)}`}
            name={name}
            value={choice.value}
            label={choice.label}
            description={choice.hint}
            checked={value.includes(choice.value)}
            onChange={() => toggle(choice.value)}
          />
        ))}
      </div>
    </FieldGroup>
  );
}
