import type { ApiProblem } from '../../app/api.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** A refusal that the form itself does not show; a lost race is told on top of the screen. */
export function DeedProblem({ problem, hasErrors, onRetry }: DeedProblemProps) {
  if (!problem || hasErrors || problem.code === 'STATE_CONFLICT') return null;
  return <ProblemNotice problem={problem} onRetry={onRetry} />;
}

type DeedProblemProps = { problem: ApiProblem | undefined; hasErrors: boolean; onRetry: () => void };
