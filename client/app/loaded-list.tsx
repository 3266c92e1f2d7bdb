import type { ReactNode } from 'react';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import type { ApiProblem } from './api/problem.ts';
import type { ReadMore } from './use-read-more.ts';

export type LoadedListProps<Item> = {
  read: ReadMore<Item>;
  /** Shown when there is nothing at all. */
  empty: ReactNode;
  children: (items: readonly Item[]) => ReactNode;
};

/** Shows a list read by `useReadMore`, or that it is on its way, empty, or why it (or more of it) cannot be shown. */
export function LoadedList<Item>({ read, empty, children }: LoadedListProps<Item>) {
  const { items, problem, reload } = read;
  const notice = problem ? <ProblemNotice problem={problem} onRetry={reload} /> : null;
  // What was read before is no longer shown once the server refuses it.
  if (items === undefined || isRefused(problem)) return notice ?? <Waiting />;
  return (
    <>
      {items.length === 0 ? empty : children(items)}
      {notice}
    </>
  );
}

function isRefused(problem: ApiProblem | undefined): boolean {
  return problem !== undefined && problem.status > 0 && problem.status < 500;
}
