import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Area } from '../../../server/directory/directory.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import type { FieldBinding, FieldWords } from '../../ui/field-id.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useAreas } from './use-directory.ts';

/** The server gives no more places than this at once; beyond it, a name must narrow them. */
const mostPlaces = 200;

/** One place of the two-tier list. Where there are too many to choose from, a part of the name narrows them. */
export function AreaField(field: FieldBinding<string> & FieldWords) {
  const { t } = useTranslation('ui');
  const [typed, setTyped] = useState('');
  const narrowed = useDeferredValue(typed.trim());
  const all = useAreas();
  const found = useAreas(narrowed.length < 2 ? '' : narrowed);
  return (
    <Loaded read={all}>
      {({ items }) => (
        <>
          {items.length < mostPlaces ? null : (
            <TextField
              name={`${field.name}Search`}
              label={t('areas.search')}
              isOptional
              value={typed}
              onChange={setTyped}
              error={undefined}
            />
          )}
          <SelectField {...field} choices={choicesOf(found.data?.data.items ?? items, items, field.value)} />
        </>
      )}
    </Loaded>
  );

  function choicesOf(places: readonly Area[], known: readonly Area[], chosen: string) {
    const own = known.find(({ code }) => code === chosen);
    const shown =
      own && !places.includes(own) && !places.some(({ code }) => code === chosen) ? [own, ...places] : places;
    // Stored long ago, or beyond what the server gives at once: an answer that is there never looks like none.
    const unlisted = chosen === '' || shown.some(({ code }) => code === chosen) ? [] : [chosen];
    const listed = shown
      .toSorted((a, b) => a.level.localeCompare(b.level) || a.name.localeCompare(b.name, 'vi'))
      .map(({ code, name, level }) => ({
        value: code,
        label: level === 'province' ? t('areas.wardUnknown', { name }) : name,
      }));
    return [...unlisted.map((code) => ({ value: code, label: t('areas.other') })), ...listed];
  }
}
