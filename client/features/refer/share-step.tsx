import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReferralOptions } from '../../../server/referrals/referrals.contract.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import type { Naming } from '../referral/with-names.tsx';
import { BasisSection } from './basis-section.tsx';
import { columnsOf } from './columns.ts';
import { ConsentSection } from './consent-section.tsx';
import { DispatchProblem } from './dispatch-problem.tsx';
import { OfficePhone } from './office-phone.tsx';
import './refer.css';
import { SendPart } from './send-part.tsx';
import { basisOfConsent, scopeOf, type Setting } from './share-values.ts';
import { SharingColumns } from './sharing-columns.tsx';
import { useSending } from './use-sending.ts';
import { useShareForm } from './use-share-form.ts';

export type ShareStepProps = {
  caseId: string;
  slot: string;
  setting: Setting;
  options: ReferralOptions;
  naming: Naming;
  onBack: () => void;
  onDone: () => void;
};

/** What goes, on what basis, how urgent, until when: everything is seen before it leaves. */
export function ShareStep(props: ShareStepProps) {
  const { t } = useTranslation('refer');
  const { caseId, slot, setting, options, naming } = props;
  const { option, today } = setting;
  const share = useShareForm(slot, setting, naming);
  const { form } = share;
  const sending = useSending({ ...props, share });
  const [isRecorded, setRecorded] = useState(false);
  const problem = sending.dispatch.problem ?? sending.save.problem;
  const scope = scopeOf(option, form.values.basis);
  const columns = columnsOf(option.fields, scope, form.values.fields);
  const agency = naming.agency(option.agency);
  return (
    <Page
      heading={t('share.title', { agency })}
      tab="form"
      caption={`${t('title')}: ${naming.names.service(setting.service)}`}
      hasErrors={form.errors.length > 0}
      isWide
    >
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      {problem && form.errors.length === 0 ? (
        <DispatchProblem
          problem={problem}
          caseId={caseId}
          onRetry={sending.dispatch.retry}
          onNewConsent={() => share.setBasis('new')}
          onStartAnew={sending.startAnew}
        />
      ) : null}
      <p>{t('share.why')}</p>
      <SharingColumns
        columns={columns}
        sector={naming.codes.name('sector', option.agency.sector)}
        naming={naming}
        error={form.field('fields').error}
        onToggle={share.toggle}
      />
      {option.fields.every(({ share: rule }) => rule === 'never') ? (
        <EmptyState title={t('share.closed')}>
          <p>{t('share.closedAdvice')}</p>
          <OfficePhone desk={option.agency.dutyDesk} />
        </EmptyState>
      ) : (
        <>
          <BasisSection
            option={option}
            legalBases={options.mayUseLegalBasis}
            naming={naming}
            basis={share.basis}
            legalBasis={form.field('legalBasis')}
            reason={form.field('reason')}
          />
          {form.values.basis === 'new' ? (
            <ConsentSection
              caseId={caseId}
              option={option}
              fields={columns.leaves.map(({ field }) => field.field)}
              isChild={options.mayUseLegalBasis.includes('CHILD_DUTY')}
              today={today}
              naming={naming}
              onRecorded={({ id }) => {
                setRecorded(true);
                share.setBasis(basisOfConsent(id));
              }}
            />
          ) : null}
          <div role="status">
            {isRecorded && scope.kind === 'consent' ? <Notice icon="check" title={t('consent.recorded')} /> : null}
          </div>
          <SendPart {...props} share={share} sending={sending} />
        </>
      )}
    </Page>
  );
}
