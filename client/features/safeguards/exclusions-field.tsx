import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { FieldGroup } from '../../ui/field-group.tsx';
import type { FieldBinding } from '../../ui/field-id.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { useAgencies, useNameOf } from '../directory/use-directory.ts';
import { chosenElsewhere, type Excluded } from './exclusions.ts';
import { PeopleOf } from './people-of.tsx';
import { usePeopleOf } from './use-people-of.ts';
import './safeguards.css';

/** Whom the survivor does not want to know: colleagues of the own agency at once, others agency by agency. */
export function ExclusionsField({ value, onChange, error, name }: FieldBinding<readonly Excluded[]>) {
  const { t } = useTranslation('safeguards');
  const { agency } = useMe();
  const [agencyId, setAgencyId] = useState('');
  const own = usePeopleOf(agency.id);
  const others = usePeopleOf(agencyId === '' ? null : agencyId);
  const inSight = [...(own.people ?? []), ...(others.people ?? [])];
  const elsewhere = chosenElsewhere(value, inSight);
  return (
    <FieldGroup name={name} label={t('exclusions.title')} hint={t('exclusions.hint')} isOptional error={error}>
      <PeopleOf
        name={`${name}.own`}
        label={t('exclusions.own')}
        none={t('exclusions.ownNone')}
        reading={own}
        chosen={value}
        onChange={onChange}
      />
      <AgencySelect name={`${name}.agency`} without={agency.id} value={agencyId} onChange={setAgencyId} />
      {agencyId === '' ? null : (
        <PeopleOf
          key={agencyId}
          name={`${name}.others`}
          label={t('exclusions.ofAgency')}
          none={t('exclusions.othersNone')}
          reading={others}
          chosen={value}
          onChange={onChange}
        />
      )}
      {elsewhere.length === 0 ? null : (
        <Elsewhere
          people={elsewhere}
          onRemove={(staffId) => onChange(value.filter((person) => person.staffId !== staffId))}
        />
      )}
    </FieldGroup>
  );
}

type AgencySelectProps = { name: string; without: string; value: string; onChange: (agencyId: string) => void };

function AgencySelect({ name, without, value, onChange }: AgencySelectProps) {
  const { t } = useTranslation('safeguards');
  const nameOf = useNameOf();
  const agencies = (useAgencies().data?.data.items ?? []).filter(({ id }) => id !== without);
  return (
    <SelectField
      name={name}
      label={t('exclusions.agency')}
      value={value}
      onChange={onChange}
      error={undefined}
      emptyLabel={t('exclusions.agencyNone')}
      choices={agencies.map((agency) => ({ value: agency.id, label: nameOf(agency) }))}
    />
  );
}

/** Chosen before, from an agency that is not in sight now. */
function Elsewhere({ people, onRemove }: { people: readonly Excluded[]; onRemove: (staffId: string) => void }) {
  const { t } = useTranslation('safeguards');
  return (
    <>
      <p>{t('exclusions.elsewhere')}</p>
      <ul className="chosen-people">
        {people.map(({ staffId, name }) => (
          <li key={staffId}>
            {name}
            <Button look="quiet" onClick={() => onRemove(staffId)}>
              {t('exclusions.remove', { name })}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
