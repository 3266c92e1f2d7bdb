import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { CheckboxesField } from '../../ui/checkboxes-field.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { chooseAmong, chosenAmong, type Excluded } from './exclusions.ts';
import type { PeopleReading } from './use-people-of.ts';

export type PeopleOfProps = {
  name: string;
  label: string;
  /** Said when the agency has nobody to choose. */
  none: string;
  reading: PeopleReading;
  chosen: readonly Excluded[];
  onChange: (chosen: readonly Excluded[]) => void;
};

/** The staff of one agency to tick. */
export function PeopleOf({ name, label, none, reading, chosen, onChange }: PeopleOfProps) {
  const { people, problem, retry } = reading;
  if (people === undefined) return problem ? <ProblemNotice problem={problem} onRetry={retry} /> : <Waiting />;
  if (people.length === 0) return <p>{none}</p>;
  return (
    <CheckboxesField
      name={name}
      label={label}
      error={undefined}
      value={chosenAmong(chosen, people)}
      onChange={(ids) => onChange(chooseAmong(chosen, people, ids))}
      choices={people.map(({ staffId, name: label }) => ({ value: staffId, label }))}
    />
  );
}
