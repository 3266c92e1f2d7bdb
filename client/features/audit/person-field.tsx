import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import type { FieldBinding } from '../../ui/field-id.ts';
import { matches } from '../../ui/folded.ts';
import { RadiosField } from '../../ui/radios-field.tsx';
import { TextField } from '../../ui/text-field.tsx';

export type Person = { id: string; name: string; agency: string };

/** As many as may be chosen among without reading a page. */
const most = 8;

/** Finds a colleague by a few letters of the name or the agency; marks do not matter. */
export function PersonField({ people, value, onChange }: FieldBinding<string> & { people: readonly Person[] }) {
  const { t } = useTranslation('audit');
  const [typed, setTyped] = useState('');
  const chosen = people.find(({ id }) => id === value);
  if (chosen)
    return (
      <div className="field">
        <p className="audit-chosen">{t('filter.personChosen', { name: `${chosen.name} (${chosen.agency})` })} </p>
        <Button
          onClick={() => {
            setTyped('');
            onChange('');
          }}
        >
          {t('filter.personClear')}
        </Button>
      </div>
    );
  const found = typed.trim() === '' ? [] : people.filter(({ name, agency }) => matches(`${name} ${agency}`, typed));
  return (
    <>
      <TextField
        name="person"
        label={t('filter.person')}
        hint={t('filter.personHint')}
        isOptional
        value={typed}
        onChange={setTyped}
        error={undefined}
      />
      <p role="status">{typed.trim() === '' ? '' : <Found count={found.length} />}</p>
      {found.length === 0 ? null : (
        <RadiosField
          name="actor"
          label={t('filter.personWho')}
          value=""
          onChange={onChange}
          error={undefined}
          choices={found.slice(0, most).map(({ id, name, agency }) => ({ value: id, label: name, hint: agency }))}
        />
      )}
    </>
  );
}

function Found({ count }: { count: number }) {
  const { t } = useTranslation('audit');
  if (count === 0) return t('filter.personNone');
  return count > most ? t('filter.personMany', { count }) : t('filter.personFound', { count });
}
