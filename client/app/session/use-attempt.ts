import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SummaryError } from '../../ui/error-summary.tsx';
import { ApiProblem, SIGN_IN_FAILED } from '../api/problem.ts';

export type AttemptWords = { failed: string; unreachable: string; passwordField: string };

export type Attempt = {
  errors: readonly SummaryError[];
  count: number;
  isBusy: boolean;
  refuse: (errors: readonly SummaryError[]) => void;
  run: (deed: () => Promise<void>) => void;
};

const fallbackWaitSeconds = 30;

/** Trying a password: what went wrong, in words that tell a stranger nothing about accounts. */
export function useAttempt({ failed, unreachable, passwordField }: AttemptWords): Attempt {
  const { t } = useTranslation('access');
  const [errors, setErrors] = useState<readonly SummaryError[]>([]);
  const [count, setCount] = useState(0);
  const [isBusy, setBusy] = useState(false);
  function refuse(found: readonly SummaryError[]): void {
    setErrors(found);
    setCount((before) => before + 1);
  }
  function explain(error: unknown): void {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.code === SIGN_IN_FAILED) return refuse([{ field: passwordField, message: failed }]);
    const seconds = error.retryAfterSeconds ?? fallbackWaitSeconds;
    if (error.status === 429) return refuse([{ message: t('slowDown', { count: seconds }) }]);
    refuse([{ message: error.title === '' ? unreachable : error.title }]);
  }
  async function attempt(deed: () => Promise<void>): Promise<void> {
    setBusy(true);
    try {
      await deed();
      setErrors([]);
    } catch (error) {
      explain(error);
    } finally {
      setBusy(false);
    }
  }
  return { errors, count, isBusy, refuse, run: (deed) => void (isBusy ? undefined : attempt(deed)) };
}
