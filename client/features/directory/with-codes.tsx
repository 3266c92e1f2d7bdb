import type { ReactNode } from 'react';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import type { Codes } from './codes.ts';
import { useCodes } from './use-codes.ts';

export type WithCodesProps = { lists: readonly string[]; children: (codes: Codes) => ReactNode };

/** Shows its content once the lists are there, or that they are on their way, or why they cannot be had. */
export function WithCodes({ lists, children }: WithCodesProps) {
  const { codes, isReady, problem, retry } = useCodes(lists);
  if (isReady) return children(codes);
  return problem ? <ProblemNotice problem={problem} onRetry={retry} /> : <Waiting />;
}
