import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../server/cases/cases.contract.ts';
import { paths } from '../../app/paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import type { PeoplePart } from './people-values.ts';

/** Leads those who work on the case to where its people are changed. */
export function ChangePeople({ view, part }: { view: CaseView; part: PeoplePart }) {
  const { t } = useTranslation('caseFile');
  if (!view.mayRefer) return null;
  return (
    <p>
      <ButtonLink look="plain" to={paths.changePeople(view.id, part)}>
        {t(`people.${part}`)}
      </ButtonLink>
    </p>
  );
}
