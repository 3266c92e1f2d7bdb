import { useTranslation } from 'react-i18next';
import type { ReferralOptions } from '../../../server/referrals/referrals.contract.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import type { Naming } from '../referral/with-names.tsx';
import { CallNumbers } from './call-card.tsx';
import { columnsOf } from './columns.ts';
import { DecidePart } from './decide-part.tsx';
import { DispatchProblem } from './dispatch-problem.tsx';
import { OfficePhone } from './office-phone.tsx';
import './refer.css';
import { scopeOf, type Setting } from './share-values.ts';
import { SharingColumns } from './sharing-columns.tsx';
import { useSending, type Sending } from './use-sending.ts';
import { useShareForm, type ShareForm } from './use-share-form.ts';

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
  const { slot, setting, naming } = props;
  const { option } = setting;
  const share = useShareForm(slot, setting, naming);
  const { form } = share;
  const sending = useSending({ ...props, share });
  const columns = columnsOf(option.fields, scopeOf(option, form.values.basis), form.values.fields);
  const isClosed = option.fields.every(({ share: rule }) => rule === 'never');
  return (
    <Page
      heading={t('share.title', { agency: naming.agency(option.agency) })}
      tab="form"
      caption={`${t('title')}: ${naming.names.service(setting.service)}`}
      hasErrors={form.errors.length > 0}
      isWide
    >
      <Refusals {...props} share={share} sending={sending} />
      <CallFirst isEmergency={form.values.urgency === 'U0'} agency={option.agency} naming={naming} />
      <p>{t('share.why')}</p>
      <SharingColumns
        columns={columns}
        sector={naming.codes.name('sector', option.agency.sector)}
        naming={naming}
        error={form.field('fields').error}
        onToggle={share.toggle}
      />
      {isClosed ? (
        <EmptyState title={t('share.closed')}>
          <p>{t('share.closedAdvice')}</p>
          <OfficePhone desk={option.agency.dutyDesk} />
          <p>
            <Button onClick={props.onBack}>{t('share.otherAgency')}</Button>
          </p>
        </EmptyState>
      ) : (
        <DecidePart
          {...props}
          share={share}
          sending={sending}
          leaving={columns.leaves.map(({ field }) => field.field)}
        />
      )}
    </Page>
  );
}

type RefusalsProps = ShareStepProps & { share: ShareForm; sending: Sending };

/** What must be corrected here, or why the server did not do it. */
function Refusals({ caseId, share, sending }: RefusalsProps) {
  const { errors, attempt } = share.form;
  const refused = [sending.dispatch, sending.save].find(({ phase }) => phase === 'refused');
  return (
    <>
      <ErrorSummary errors={errors} attempt={attempt} />
      {refused?.problem && errors.length === 0 ? (
        <DispatchProblem
          problem={refused.problem}
          caseId={caseId}
          onNewConsent={() => share.setBasis('new')}
          onStartAnew={sending.startAnew}
        />
      ) : null}
    </>
  );
}

type CallFirstProps = { isEmergency: boolean } & Parameters<typeof CallNumbers>[0];

/** At the top, before anything is read: an emergency is spoken, not only sent. */
function CallFirst({ isEmergency, agency, naming }: CallFirstProps) {
  const { t } = useTranslation('refer');
  if (!isEmergency) return null;
  return (
    <Notice icon="phone" title={t('call.title')}>
      <CallNumbers agency={agency} naming={naming} />
    </Notice>
  );
}
