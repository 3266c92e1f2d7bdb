import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SendPhase } from '../ui/send-state.tsx';
import type { Api, Versioned } from './api.ts';
import { ApiProblem } from './api/problem.ts';
import { currentIntention, settleIntention } from './intention.ts';
import { useKeeper } from './session/use-session.ts';

export type SendOptions<Input, Output> = {
  /** Names the intention: one deed about one thing (`accept:${referralId}`). */
  name: string;
  call: (api: Api, input: Input, intention: string) => Promise<Versioned<Output>>;
  onSaved?: (answer: Versioned<Output>) => void;
  onRefused?: (problem: ApiProblem) => void;
};

export type Send<Input, Output> = {
  send: (input: Input) => void;
  /** Sends the last input once more, as the same intention. */
  retry: () => void;
  phase: SendPhase;
  problem: ApiProblem | undefined;
  answer: Versioned<Output> | undefined;
  /** Takes the next sending for a new deed, after the person has seen what became of the last one. */
  startAnew: () => void;
};

/** One writing deed with its state in words and its idempotency key. Everything read so far is read anew afterwards. */
export function useSend<Input, Output>(options: SendOptions<Input, Output>): Send<Input, Output> {
  const { api, kept } = useKeeper();
  const queries = useQueryClient();
  const mutation = useMutation<Versioned<Output>, Error, Input>({
    mutationFn: (input) => options.call(api, input, currentIntention(kept, options.name)),
    onSuccess: (answer) => {
      settleIntention(kept, options.name, undefined);
      void queries.invalidateQueries();
      options.onSaved?.(answer);
    },
    onError: (error) => {
      if (!(error instanceof ApiProblem)) return;
      settleIntention(kept, options.name, error);
      if (phaseOf(error) === 'refused') options.onRefused?.(error);
    },
  });
  const problem = mutation.error instanceof ApiProblem ? mutation.error : undefined;
  return {
    send: (input) => {
      if (!mutation.isPending) mutation.mutate(input);
    },
    retry: () => {
      if (mutation.variables !== undefined && !mutation.isPending) mutation.mutate(mutation.variables);
    },
    phase: phase(mutation.status, problem),
    problem,
    answer: mutation.data,
    startAnew: () => {
      settleIntention(kept, options.name, undefined);
      mutation.reset();
    },
  };
}

function phase(status: 'idle' | 'pending' | 'success' | 'error', problem: ApiProblem | undefined): SendPhase {
  if (status === 'pending') return 'sending';
  if (status === 'success') return 'saved';
  if (status === 'idle') return 'idle';
  return problem ? phaseOf(problem) : 'not-sent';
}

function phaseOf(problem: ApiProblem): SendPhase {
  return problem.status >= 400 && problem.status < 500 ? 'refused' : 'not-sent';
}
