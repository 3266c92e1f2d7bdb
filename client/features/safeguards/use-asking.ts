import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { SIGN_IN_FAILED, type ApiProblem } from '../../app/api/problem.ts';
import type { KeptForm } from '../../app/kept/use-kept-form.ts';
import { paths } from '../../app/paths.ts';
import { useSend } from '../../app/use-send.ts';
import { useReplaceNavigate } from '../../ui/replace-link.tsx';
import { askKey, minutesOf, type AskValues } from './ask-values.ts';
import type { Opening } from './openings.ts';
import { rememberOpening } from './own-opening.ts';

export type Asking = {
  /** Opens the case with the words of the form and the password, which is kept nowhere. */
  open: (password: string) => void;
  retry: () => void;
  isBusy: boolean;
  isWrongPassword: boolean;
  /** Counts the wrong passwords, so that each takes the focus. */
  attempt: number;
  problem: ApiProblem | undefined;
};

type Sent = AskValues & { password: string };

/** Opens the case and goes there; every refusal but a wrong password leads back to the form. */
export function useAsking(form: KeptForm<AskValues>, onRefused: () => void): Asking {
  const queries = useQueryClient();
  const navigate = useReplaceNavigate();
  const [attempt, setAttempt] = useState(0);
  const sending = useSend<Sent, Opening>({
    name: askKey,
    call: (api, { code, reasonCode, reasonText, minutes, password }, intention) =>
      api.post<Opening>(
        `/api/cases/${encodeURIComponent(code.trim().toUpperCase())}/break-glass`,
        { reasonCode, reasonText: reasonText.trim(), minutes: minutesOf(minutes), password },
        { intention },
      ),
    onSaved: ({ data }) => {
      form.forget();
      rememberOpening(queries, data);
      navigate(paths.item(data.caseId));
    },
    onRefused: (problem) => {
      if (problem.code === SIGN_IN_FAILED) return setAttempt((count) => count + 1);
      form.showProblem(problem);
      onRefused();
    },
  });
  const { problem } = sending;
  return {
    open: (password) => sending.send({ ...form.values, password }),
    retry: sending.retry,
    isBusy: sending.phase === 'sending',
    isWrongPassword: problem?.code === SIGN_IN_FAILED,
    attempt,
    problem,
  };
}
