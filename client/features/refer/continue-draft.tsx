import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import type { ReferralView } from '../../../server/referrals/referrals.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useRead } from '../../app/use-read.ts';
import { dayIn } from '../../ui/dates.ts';
import { Page } from '../../ui/page.tsx';
import { useReplaceNavigate } from '../../ui/replace-link.tsx';
import type { Naming } from '../referral/with-names.tsx';
import { OptionStep } from './option-step.tsx';

export type ContinueDraftProps = { caseId: string; draftId: string; naming: Naming };

/** Goes on with a draft that lies on the server. One that was sent meanwhile is shown as it was sent. */
export function ContinueDraft({ caseId, draftId, naming }: ContinueDraftProps) {
  const { t } = useTranslation('refer');
  const navigate = useReplaceNavigate();
  const read = useRead<ReferralView>(`/api/referrals/${draftId}`);
  const now = read.data?.data;
  // The draft as it was when it was opened: sending it must not pull the screen away before it says so.
  const [opened, setOpened] = useState(now);
  if (opened === undefined && now !== undefined) setOpened(now);
  const view = opened ?? now;
  if (!view)
    return (
      <Page heading={t('title')} tab="form">
        <Loaded read={read}>{() => null}</Loaded>
      </Page>
    );
  if (view.draft === null || view.notice === null) return <Navigate to={paths.message(draftId)} replace />;
  return (
    <OptionStep
      caseId={caseId}
      slot={`draft:${draftId}`}
      service={view.notice.service}
      agencyId={view.notice.recipient.id}
      draft={view}
      today={dayIn(Date.now())}
      naming={naming}
      onBack={() => navigate(paths.item(caseId))}
      onDone={() => undefined}
    />
  );
}
