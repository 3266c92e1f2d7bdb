import { Button } from '../../ui/button.tsx';
import './refer.css';

export type ButtonChoice = { value: string; label: string };

export type ChoiceButtonsProps = {
  /** What the list is about, for those who hear it. */
  label: string;
  choices: readonly ButtonChoice[];
  onChoose: (value: string) => void;
};

/** One tap chooses and goes on. */
export function ChoiceButtons({ label, choices, onChoose }: ChoiceButtonsProps) {
  return (
    <ul className="choice-buttons" aria-label={label}>
      {choices.map(({ value, label: name }) => (
        <li key={value}>
          <Button onClick={() => onChoose(value)}>{name}</Button>
        </li>
      ))}
    </ul>
  );
}
