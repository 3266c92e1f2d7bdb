import { useTranslation } from 'react-i18next';
import type { ReferralOptions, ReferralView } from '../../../server/referrals/referrals.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { useRead } from '../../app/use-read.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import type { Naming } from '../referral/with-names.tsx';
import { ShareStep } from './share-step.tsx';
import { optionsPath } from './with-options.tsx';

export type OptionStepProps = {
  caseId: string;
  slot: string;
  service: string;
  agencyId: string;
  draft: ReferralView | null;
  today: string;
  naming: Naming;
  onBack: () => void;
  onDone: () => void;
};

/** The chosen agency's option; gone when the agency no longer answers this service. */
export function OptionStep(props: OptionStepProps) {
  const { t } = useTranslation('refer');
  const { caseId, slot, service, agencyId, draft, today } = props;
  const read = useRead<ReferralOptions>(optionsPath(caseId, service));
  const option = read.data?.data.options.find(({ agency }) => agency.id === agencyId);
  if (read.data && option) {
    const { suggestedUrgency } = read.data.data;
    return (
      <ShareStep
        key={slot}
        {...props}
        options={read.data.data}
        setting={{ option, service, suggestedUrgency, today, draft }}
      />
    );
  }
  return (
    <Page heading={t('title')} tab="form">
      <Loaded read={read}>
        {() => (
          <EmptyState title={t('agency.none')}>
            <p>{t('agency.noneAdvice')}</p>
            <Button onClick={props.onBack}>{t('back')}</Button>
          </EmptyState>
        )}
      </Loaded>
    </Page>
  );
}
