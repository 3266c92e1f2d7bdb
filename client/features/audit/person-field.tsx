import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { fieldId, type FieldBinding } from '../../ui/field-id.ts';
import { matches } from '../../ui/folded.ts';
import { TextField } from '../../ui/text-field.tsx';
import './audit.css';

export type Person = { id: string; name: string; agency: string };

/** As many as may be chosen among without reading a page. */
const most = 8;

/** Finds a colleague by a few letters of the name or the agency; marks do not matter. One tap chooses. */
export function PersonField({ people, value, onChange }: FieldBinding<string> & { people: readonly Person[] }) {
  const chosen = people.find(({ id }) => id === value);
  const [isTouched, setTouched] = useState(false);
  function choose(id: string): void {
    setTouched(true);
    onChange(id);
  }
  return chosen ? (
    <Chosen person={chosen} takesFocus={isTouched} onClear={() => choose('')} />
  ) : (
    <Finding people={people} takesFocus={isTouched} onChoose={choose} />
  );
}

type ChosenProps = { person: Person; takesFocus: boolean; onClear: () => void };

function Chosen({ person, takesFocus, onClear }: ChosenProps) {
  const { t } = useTranslation('audit');
  const words = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (takesFocus) words.current?.focus();
  }, [takesFocus]);
  return (
    <div className="field">
      <p className="audit-chosen" ref={words} tabIndex={-1}>
        {t('filter.personChosen', { name: `${person.name} (${person.agency})` })}
      </p>
      <Button onClick={onClear}>{t('filter.personClear')}</Button>
    </div>
  );
}

type FindingProps = { people: readonly Person[]; takesFocus: boolean; onChoose: (id: string) => void };

function Finding({ people, takesFocus, onChoose }: FindingProps) {
  const { t } = useTranslation('audit');
  const [typed, setTyped] = useState('');
  useEffect(() => {
    if (takesFocus) document.getElementById(fieldId('person'))?.focus();
  }, [takesFocus]);
  const isEmpty = typed.trim() === '';
  const found = isEmpty ? [] : people.filter(({ name, agency }) => matches(`${name} ${agency}`, typed));
  return (
    <>
      <TextField
        name="person"
        label={t('filter.person')}
        hint={t('filter.personHint')}
        value={typed}
        onChange={setTyped}
        error={undefined}
      />
      <p role="status">{isEmpty ? '' : <Found count={found.length} />}</p>
      <ul className="audit-people" aria-label={t('filter.personWho')}>
        {found.slice(0, most).map(({ id, name, agency }) => (
          <li key={id}>
            <Button onClick={() => onChoose(id)}>
              {name} ({agency})
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Found({ count }: { count: number }) {
  const { t } = useTranslation('audit');
  if (count === 0) return t('filter.personNone');
  return count > most ? t('filter.personMany', { count }) : t('filter.personFound', { count });
}
