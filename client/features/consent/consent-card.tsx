import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsentView, WithdrawalAnswer } from '../../../server/consent/consent.contract.ts';
import { Button } from '../../ui/button.tsx';
import { formatDate } from '../../ui/dates.ts';
import { StatusTag, type StatusTone } from '../../ui/status-tag.tsx';
import { SummaryList, type SummaryRow } from '../../ui/summary-list.tsx';
import type { Codes } from '../directory/codes.ts';
import { useNameOf } from '../directory/use-directory.ts';
import './consent.css';
import { useFieldNames } from './use-field-names.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

export type ConsentCardProps = {
  consent: ConsentView;
  codes: Codes;
  onWithdrawn: (answer: WithdrawalAnswer) => void;
};

const tones: Readonly<Record<ConsentView['state'], StatusTone>> = {
  valid: 'action',
  withdrawn: 'warning',
  expired: 'neutral',
};

/** One consent: to whom, of what, until when, how it is proved; a valid one can be withdrawn at any time. */
export function ConsentCard({ consent, codes, onWithdrawn }: ConsentCardProps) {
  const { t } = useTranslation('consent');
  const nameOf = useNameOf();
  const [isAsking, setAsking] = useState(false);
  const rows = useRows(consent, codes);
  const agency = nameOf(consent.recipientAgency);
  return (
    <section className="consent-card" aria-label={agency}>
      <h2>{agency}</h2>
      <p>
        <StatusTag tone={tones[consent.state]}>{t(`state.${consent.state}`)}</StatusTag>
      </p>
      <SummaryList rows={rows} />
      {consent.state === 'valid' ? <Button onClick={() => setAsking(true)}>{t('withdraw.open')}</Button> : null}
      {isAsking ? (
        <WithdrawDialog
          consent={consent}
          codes={codes}
          onDone={(answer) => {
            setAsking(false);
            onWithdrawn(answer);
          }}
          onCancel={() => setAsking(false)}
        />
      ) : null}
    </section>
  );
}

function useRows(consent: ConsentView, codes: Codes): SummaryRow[] {
  const { t } = useTranslation('consent');
  const fieldName = useFieldNames();
  const { fields, validUntil, withdrawnAt, consenter, evidence, language, explainedOn, witness } = consent;
  return [
    { label: t('terms.fields'), value: fields.map(fieldName).join('; ') },
    { label: t('terms.until'), value: formatDate(validUntil) },
    ...(withdrawnAt === null ? [] : [{ label: t('terms.withdrawnAt'), value: formatDate(withdrawnAt) }]),
    { label: t('terms.consenter'), value: codes.name('consenter', consenter) },
    { label: t('terms.evidence'), value: codes.name('consent_evidence', evidence) },
    ...(witness === null ? [] : [{ label: t('terms.witness'), value: witness }]),
    { label: t('terms.language'), value: codes.name('language', language) },
    { label: t('terms.explainedOn'), value: formatDate(explainedOn) },
    { label: t('terms.text'), value: consent.textVersion },
    ...(consent.excluded === null ? [] : [{ label: t('terms.excluded'), value: consent.excluded }]),
  ];
}
