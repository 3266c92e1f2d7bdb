import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { Icon } from './icons.tsx';
import './notices.css';
import { adviceFor, mayTryAgain, type ShownProblem } from './problem-words.ts';

export type ProblemNoticeProps = { problem: ShownProblem; onRetry?: () => void };

/** A refusal or a failure of the server in its own words, and whom to ask or what to do. */
export function ProblemNotice({ problem, onRetry }: ProblemNoticeProps) {
  const { t } = useTranslation('ui');
  const title = problem.title === '' ? t('problem.network') : problem.title;
  return (
    <div className="notice notice-problem" role="alert">
      <Icon name="warning" />
      <div>
        <p className="notice-title">{title}</p>
        {problem.detail ? <p>{problem.detail}</p> : null}
        <p>{t(`problem.${adviceFor(problem)}`)}</p>
        {problem.status >= 500 && problem.requestId ? <p>{t('problem.request', { id: problem.requestId })}</p> : null}
        {onRetry && mayTryAgain(problem.status) ? <Button onClick={onRetry}>{t('problem.again')}</Button> : null}
      </div>
    </div>
  );
}
