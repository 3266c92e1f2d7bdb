import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import type { Versioned } from './api.ts';
import { ApiProblem, networkProblem } from './api/problem.ts';

export type LoadedProps<Data> = {
  read: UseQueryResult<Versioned<Data>>;
  children: (data: Data, etag: string | null) => ReactNode;
};

/** Shows what was read, or that it is on its way, or why it cannot be shown. */
export function Loaded<Data>({ read, children }: LoadedProps<Data>) {
  // An answer of before is no longer shown once the server refuses it.
  if (read.error && (!read.data || !isUnreachable(read.error))) {
    const problem = read.error instanceof ApiProblem ? read.error : networkProblem();
    return <ProblemNotice problem={problem} onRetry={() => void read.refetch()} />;
  }
  if (!read.data) return <Waiting />;
  return children(read.data.data, read.data.etag);
}

function isUnreachable(error: Error): boolean {
  return !(error instanceof ApiProblem) || error.status === 0 || error.status >= 500;
}
