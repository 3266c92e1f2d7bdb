import { Checkbox } from '@mantine/core';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import { useEffect, useRef, useState, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldId } from '../../ui/field-id.ts';
import { FieldError } from '../../ui/field-words.tsx';
import { TwoColumns } from '../../ui/two-columns.tsx';
import { FieldValue } from '../referral/field-value.tsx';
import type { Naming } from '../referral/with-names.tsx';
import { mayTick, type Columns, type OptionField, type Placed } from './columns.ts';
import './refer.css';

export type SharingColumnsProps = {
  columns: Columns;
  sector: string;
  naming: Naming;
  error: string | undefined;
  onToggle: (field: string) => void;
};

/** What leaves beside what stays, with the very values; one tap moves a field from one side to the other. */
export function SharingColumns({ columns, sector, naming, error, onToggle }: SharingColumnsProps) {
  const { t } = useTranslation('refer');
  const move = useMove(columns, onToggle);
  const item = (placed: Placed, isOut: boolean) => (
    <Item key={placed.field.field} placed={placed} isOut={isOut} naming={naming} onToggle={move.toggle} />
  );
  return (
    <div id={fieldId('fields')} tabIndex={-1} className={error ? 'sharing field-error' : 'sharing'}>
      {error ? (
        <p className="field-message">
          <FieldError message={error} />
        </p>
      ) : null}
      <TwoColumns
        leaves={{
          heading: t('share.leaves'),
          children:
            columns.leaves.length === 0 ? (
              <p>{t('share.nothingLeaves')}</p>
            ) : (
              <ul className="sharing-list">{columns.leaves.map((placed) => item(placed, true))}</ul>
            ),
        }}
        stays={{
          heading: t('share.stays'),
          children: (
            <>
              {columns.stays.length === 0 ? (
                <p>{t('share.nothingStays')}</p>
              ) : (
                <ul className="sharing-list">{columns.stays.map((placed) => item(placed, false))}</ul>
              )}
              <Never fields={columns.never} sector={sector} naming={naming} />
              <Empty fields={columns.empty} naming={naming} />
            </>
          ),
        }}
      />
      <p className="unseen" role="status">
        {move.said === null
          ? ''
          : t(move.said.isOut ? 'share.movedOut' : 'share.movedIn', { field: naming.field(move.said.field) })}
      </p>
    </div>
  );
}

type Moved = { field: string; isOut: boolean };

/** A field that changes sides is drawn anew there: whoever works with the keyboard goes along with it. */
function useMove(columns: Columns, onToggle: (field: string) => void) {
  const [said, setSaid] = useState<Moved | null>(null);
  const follow = useRef<string | null>(null);
  useEffect(() => {
    if (follow.current !== null) document.getElementById(boxId(follow.current))?.focus();
    follow.current = null;
  }, [columns]);
  function toggle(field: string, event: ChangeEvent<HTMLInputElement>): void {
    // A finger stays where it is; the page must not jump away under it.
    if (event.currentTarget.matches(':focus-visible')) follow.current = field;
    setSaid({ field, isOut: !columns.leaves.some((each) => each.field.field === field) });
    onToggle(field);
  }
  return { said, toggle };
}

function boxId(field: string): string {
  return fieldId(`fields.${field}`);
}

type ItemProps = {
  placed: Placed;
  isOut: boolean;
  naming: Naming;
  onToggle: (field: string, event: ChangeEvent<HTMLInputElement>) => void;
};

function Item({ placed: { field, standing }, isOut, naming, onToggle }: ItemProps) {
  const { t } = useTranslation('refer');
  const name = naming.agency(field);
  const mark = standing === 'ready' ? null : <p className="sharing-mark">{t(`share.${markOf(standing)}`)}</p>;
  return (
    <li>
      {mayTick(standing) ? (
        <Checkbox
          id={boxId(field.field)}
          label={name}
          checked={isOut}
          onChange={(event) => onToggle(field.field, event)}
        />
      ) : (
        <p className="sharing-name">{name}</p>
      )}
      <div className="sharing-value">
        <FieldValue field={field.field} value={field.preview} naming={naming} />
        {mark}
      </div>
    </li>
  );
}

function markOf(standing: Placed['standing']): 'asks' | 'outside' | 'barred' {
  if (standing === 'outside') return 'outside';
  return standing === 'barred' ? 'barred' : 'asks';
}

type PlainProps = { fields: readonly OptionField[]; naming: Naming };

function Never({ fields, sector, naming }: PlainProps & { sector: string }) {
  const { t } = useTranslation('refer');
  if (fields.length === 0) return null;
  return (
    <>
      <h3 className="sharing-never">{t('share.never', { sector })}</h3>
      <p>{t('share.neverWhy')}</p>
      <ul>
        {fields.map((field) => (
          <li key={field.field}>{naming.agency(field)}</li>
        ))}
      </ul>
    </>
  );
}

function Empty({ fields, naming }: PlainProps) {
  const { t } = useTranslation('refer');
  if (fields.length === 0) return null;
  return <p className="sharing-empty">{t('share.empty', { fields: fields.map(naming.agency).join('; ') })}</p>;
}
