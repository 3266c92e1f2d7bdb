import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../../app/api.ts';
import { paths } from '../../app/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import '../../ui/notices.css';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ReplaceLink } from '../../ui/replace-link.tsx';

type Way = 'consent' | 'call' | 'state' | 'stale' | 'reused';

const ways: Readonly<Record<string, Way>> = {
  CONSENT_MISSING: 'consent',
  CALL_REQUIRED: 'call',
  STATE_CONFLICT: 'state',
  VERSION_STALE: 'stale',
  IDEMPOTENCY_KEY_REUSED: 'reused',
};

export type DispatchProblemProps = {
  problem: ApiProblem;
  caseId: string;
  onNewConsent: () => void;
  onStartAnew: () => void;
};

/** Why it was not sent, and the way out of it. */
export function DispatchProblem({ problem, caseId, onNewConsent, onStartAnew }: DispatchProblemProps) {
  const { t } = useTranslation('refer');
  const way = ways[problem.code];
  const box = useRef<HTMLDivElement>(null);
  // It stands far above the button that was pressed.
  useEffect(() => box.current?.focus(), [problem]);
  if (way === undefined)
    return (
      <div ref={box} tabIndex={-1}>
        <ProblemNotice problem={problem} />
      </div>
    );
  return (
    <div className="notice notice-problem" role="alert" ref={box} tabIndex={-1}>
      <Icon name="warning" />
      <div>
        <p className="notice-title">{t(`problem.${way}`)}</p>
        <p>{t(`problem.${way}Why`)}</p>
        {way === 'consent' ? <Button onClick={onNewConsent}>{t('problem.consentNew')}</Button> : null}
        {way === 'reused' ? <Button onClick={onStartAnew}>{t('problem.reusedAnew')}</Button> : null}
        {way === 'state' || way === 'reused' ? <ReplaceLink to={paths.item(caseId)}>{t('toCase')}</ReplaceLink> : null}
      </div>
    </div>
  );
}
