import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agency, Service } from '../../../server/directory/directory.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useMe } from '../../app/session/use-session.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { matches } from '../../ui/folded.ts';
import { Page } from '../../ui/page.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useAgencies, useServices } from '../directory/use-directory.ts';
import type { Naming } from '../referral/with-names.tsx';
import { ChoiceButtons } from './choice-buttons.tsx';
import { offeredServices } from './offered.ts';

export type NeedStepProps = {
  caseId: string;
  naming: Naming;
  /** '' while no sector is chosen. */
  sector: string;
  onSector: (sector: string) => void;
  onService: (service: string) => void;
};

/** The need: a sector, then one of its services; or a few letters of the service. */
export function NeedStep(props: NeedStepProps) {
  const { t } = useTranslation('refer');
  const { caseId, naming, sector, onSector } = props;
  const services = useServices();
  const agencies = useAgencies();
  const heading = sector === '' ? t('need.title') : t('need.titleOf', { sector: naming.codes.name('sector', sector) });
  return (
    <Page heading={heading} tab="form" caption={t('title')}>
      <p>{t('need.why')}</p>
      <Loaded read={services}>
        {(known) => (
          <Loaded read={agencies}>
            {(offices) => <Choices {...props} services={known.items} agencies={offices.items} />}
          </Loaded>
        )}
      </Loaded>
      <ButtonRow>
        {sector === '' ? null : <Button onClick={() => onSector('')}>{t('need.otherSector')}</Button>}
        <ButtonLink look="quiet" to={paths.item(caseId)}>
          {t('toCase')}
        </ButtonLink>
      </ButtonRow>
    </Page>
  );
}

type ChoicesProps = NeedStepProps & { services: readonly Service[]; agencies: readonly Agency[] };

function Choices({ services, agencies, naming, sector, onSector, onService }: ChoicesProps) {
  const { t } = useTranslation('refer');
  const { agency } = useMe();
  const [typed, setTyped] = useState('');
  const offered = offeredServices(services, agencies, agency.id);
  const sectors = naming.codes.all('sector').filter(({ code }) => offered.some((each) => each.sector === code));
  if (sector !== '') {
    const own = offered.filter((each) => each.sector === sector);
    return <ChoiceButtons label={t('need.services')} choices={own.map(choiceOf)} onChoose={onService} />;
  }
  const found = typed.trim() === '' ? null : offered.filter((each) => matches(naming.agency(each), typed));
  function choiceOf(each: Service) {
    return { value: each.code, label: naming.agency(each) };
  }
  return (
    <>
      <TextField
        name="need"
        label={t('need.search')}
        hint={t('need.searchHint')}
        isOptional
        value={typed}
        onChange={setTyped}
        error={undefined}
      />
      <p role="status">
        {found === null ? '' : t(found.length === 0 ? 'need.nothing' : 'need.found', { count: found.length })}
      </p>
      {found && found.length > 0 ? (
        <ChoiceButtons label={t('need.services')} choices={found.map(choiceOf)} onChoose={onService} />
      ) : (
        <ChoiceButtons
          label={t('need.sectors')}
          choices={sectors.map(({ code }) => ({ value: code, label: naming.codes.name('sector', code) }))}
          onChoose={onSector}
        />
      )}
    </>
  );
}
