import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { PageParts } from '../register/form.ts';
import { IncidentPage, incidentLists } from '../register/page-incident.tsx';
import { HealthAndNarrative } from '../register/page-others.tsx';
import { changedAnswers, incidentMapping } from './incident-values.ts';
import type { Section } from './section-form.tsx';
import { SectionPage } from './section-page.tsx';

/** Changes what was answered about an incident of a case, and about how it was reported. */
export function Component() {
  const { t } = useTranslation('caseFile');
  const { caseId = '', incidentId = '' } = useParams();
  const section = useMemo(() => sectionOf(incidentId), [incidentId]);
  return (
    <SectionPage
      {...{ caseId, section }}
      heading={t('changeIncident')}
      lists={incidentLists}
      isThere={({ incidents }) => incidents.some(({ id }) => id === incidentId)}
    />
  );
}

function sectionOf(incidentId: string): Section {
  return {
    ...incidentMapping(incidentId),
    part: 'facts',
    slot: `facts:${incidentId}`,
    page: 2,
    Fields: IncidentFields,
    changedAnswers: (before, after) => changedAnswers(before, after, incidentId),
  };
}

/** Page 2 of the registration and what page 4 asks about the incident. */
function IncidentFields(parts: PageParts) {
  return (
    <>
      <IncidentPage {...parts} />
      <HealthAndNarrative form={parts.form} />
    </>
  );
}
