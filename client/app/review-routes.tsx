import type { RouteObject } from 'react-router';
import type { Room } from '../locales/vi.ts';
import { paths } from './paths.ts';
import type { Screen } from './routes.tsx';

type Making = (rooms: Room | readonly Room[], load: () => Promise<Screen>) => () => Promise<Screen>;

const spoken = ['review', 'audit', 'auditNames'] as const;

/** The auditor's screens, and the one where somebody answers her. */
export function reviewScreens(screen: Making): RouteObject[] {
  return [
    {
      path: paths.overview,
      lazy: screen(['review', 'seal', 'audit', 'explain'], () => import('../features/audit/overview-page.tsx')),
    },
    {
      path: paths.log,
      lazy: screen([...spoken, 'envelope'], () => import('../features/audit/audit-page.tsx')),
    },
    { path: paths.checks, lazy: screen('review', () => import('../features/audit/findings-page.tsx')) },
    { path: paths.newCheck, lazy: screen(spoken, () => import('../features/audit/new-finding-page.tsx')) },
    {
      path: paths.check(':findingId'),
      lazy: screen([...spoken, 'envelope'], () => import('../features/audit/finding-page.tsx')),
    },
    { path: paths.seal, lazy: screen('seal', () => import('../features/audit/verify-page.tsx')) },
    { path: paths.questions, lazy: screen('explain', () => import('../features/explain/questions-page.tsx')) },
  ];
}
