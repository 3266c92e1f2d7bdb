import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { useKeptState } from '../../app/kept/use-kept-state.ts';
import { dayIn } from '../../ui/dates.ts';
import { Page } from '../../ui/page.tsx';
import { WithNames, type Naming } from '../referral/with-names.tsx';
import { AgencyStep } from './agency-step.tsx';
import { ContinueDraft } from './continue-draft.tsx';
import { NeedStep } from './need-step.tsx';
import { OptionStep } from './option-step.tsx';
import { atStart, stepBack, stepOf, type Progress } from './progress.ts';
import { SentStep } from './sent-step.tsx';

/** Refers a case: need, agency, what goes; or goes on with a draft, or tells what was sent. */
export function Component() {
  const { t } = useTranslation('refer');
  const { caseId = '' } = useParams();
  const [search] = useSearchParams();
  const sent = search.get('sent');
  const draft = search.get('draft');
  const frame = (content: ReactNode) => (
    <Page heading={t('title')} tab="form">
      {content}
    </Page>
  );
  return (
    <WithNames frame={frame}>
      {(naming) => {
        if (sent !== null) return <SentStep key={sent} caseId={caseId} referralId={sent} naming={naming} />;
        if (draft !== null) return <ContinueDraft key={draft} caseId={caseId} draftId={draft} naming={naming} />;
        return <Steps key={caseId} caseId={caseId} naming={naming} />;
      }}
    </WithNames>
  );
}

function Steps({ caseId, naming }: { caseId: string; naming: Naming }) {
  const [progress, setProgress] = useKeptState<Progress>(`refer-progress:${caseId}`, atStart);
  const { sector, service, agencyId } = progress;
  const back = () => setProgress(stepBack(progress));
  const step = stepOf(progress);
  if (step === 'share')
    return (
      <OptionStep
        caseId={caseId}
        slot={`${caseId}:${service}:${agencyId}`}
        service={service}
        agencyId={agencyId}
        draft={null}
        today={dayIn(Date.now())}
        naming={naming}
        onBack={back}
        onDone={() => setProgress(atStart)}
      />
    );
  if (step === 'agency')
    return (
      <AgencyStep
        caseId={caseId}
        service={service}
        naming={naming}
        onChoose={(chosen) => setProgress({ ...progress, agencyId: chosen })}
        onBack={back}
      />
    );
  return (
    <NeedStep
      key={step}
      caseId={caseId}
      naming={naming}
      sector={sector}
      onSector={(chosen) => setProgress({ ...atStart, sector: chosen })}
      onService={(chosen) => setProgress({ ...progress, service: chosen })}
    />
  );
}
