import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { OtherPeople, othersLists } from '../register/page-others.tsx';
import { PersonPage, personLists } from '../register/page-person.tsx';
import { people, type PeoplePart } from './people-values.ts';
import type { Section } from './section-form.tsx';
import { SectionPage } from './section-page.tsx';

const lists: Readonly<Record<PeoplePart, readonly string[]>> = {
  person: ['age_band', ...personLists],
  others: ['age_band', ...othersLists],
};

/** Changes who she is and how she is reached, or the other people of a case. */
export function Component() {
  const { t } = useTranslation('caseFile');
  const { caseId = '', part: asked = '' } = useParams();
  const part: PeoplePart = asked === 'others' ? 'others' : 'person';
  const section = useMemo(() => sectionOf(part, caseId), [part, caseId]);
  return <SectionPage {...{ caseId, section }} heading={t(`people.${part}`)} lists={lists[part]} />;
}

function sectionOf(part: PeoplePart, caseId: string): Section {
  const slot = `people:${part}:${caseId}`;
  return part === 'person'
    ? { ...people.person, part, slot, page: 3, Fields: PersonPage }
    : { ...people.others, part, slot, page: 4, Fields: OtherPeople };
}
