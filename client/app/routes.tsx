import type { ComponentType } from 'react';
import type { RouteObject } from 'react-router';
import type { Room } from '../locales/vi.ts';
import { Waiting } from '../ui/waiting.tsx';
import { openToAll } from './open-to-all.ts';
import { paths } from './paths.ts';
import { Root } from './root.tsx';
import { reviewScreens } from './review-routes.tsx';
import { FrameFault, ScreenFault } from './screen-fault.tsx';

export type Screen = { Component: ComponentType };

/** Every screen, one line each: its path, the room whose words it speaks, its module (which exports `Component`). */
export function createRoutes(loadWords: (room: Room) => Promise<unknown>): RouteObject[] {
  /** The words travel beside the code, not after it. */
  function screen(rooms: Room | readonly Room[], load: () => Promise<Screen>): () => Promise<Screen> {
    return async () => (await Promise.all([load(), ...[rooms].flat().map(loadWords)]))[0];
  }
  const home = paths.home;
  const screens: RouteObject[] = [
    { path: paths.home, lazy: screen(['home', 'explain'], () => import('../features/home/home-page.tsx')) },
    { path: paths.help, handle: openToAll, lazy: screen('safety', () => import('../features/safety/safety-page.tsx')) },
    {
      path: paths.work,
      lazy: screen(['myWork', 'safeguards', 'explain'], () => import('../features/my-work/my-work-page.tsx')),
    },
    { path: paths.register, lazy: screen('register', () => import('../features/register/start-page.tsx')) },
    {
      path: paths.draft(':draftId', ':page'),
      lazy: screen(['register', 'safeguards'], () => import('../features/register/registration-page.tsx')),
    },
    {
      path: paths.item(':caseId'),
      lazy: screen(['caseFile', 'envelope', 'safeguards'], () => import('../features/case/case-page.tsx')),
    },
    {
      path: paths.changeItem(':caseId'),
      lazy: screen('caseFile', () => import('../features/case/change-page.tsx')),
    },
    {
      path: paths.changePeople(':caseId', ':part'),
      lazy: screen(['caseFile', 'register'], () => import('../features/case/people-page.tsx')),
    },
    {
      path: paths.changeIncident(':caseId', ':incidentId'),
      lazy: screen(['caseFile', 'register'], () => import('../features/case/incident-page.tsx')),
    },
    {
      path: paths.excluded(':caseId'),
      lazy: screen('safeguards', () => import('../features/safeguards/excluded-page.tsx')),
    },
    {
      path: paths.readers(':caseId'),
      lazy: screen(['caseFile', 'audit', 'auditNames'], () => import('../features/case/readers-page.tsx')),
    },
    {
      path: paths.terms(':caseId'),
      lazy: screen(['consent', 'envelope'], () => import('../features/consent/terms-page.tsx')),
    },
    {
      path: paths.newTerms(':caseId'),
      lazy: screen('consent', () => import('../features/consent/new-terms-page.tsx')),
    },
    {
      path: paths.refer(':caseId'),
      lazy: screen(['refer', 'envelope'], () => import('../features/refer/refer-page.tsx')),
    },
    { path: paths.find, lazy: screen(['find', 'safeguards'], () => import('../features/find/find-page.tsx')) },
    {
      path: paths.inbox,
      lazy: screen(['inbox', 'envelope', 'explain'], () => import('../features/inbox/inbox-page.tsx')),
    },
    {
      path: paths.message(':referralId'),
      lazy: screen(['referral', 'envelope', 'safeguards'], () => import('../features/referral/referral-page.tsx')),
    },
    {
      path: paths.slip(':referralId'),
      lazy: screen(['slip', 'envelope'], () => import('../features/slip/slip-page.tsx')),
    },
    { path: paths.openings, lazy: screen('openings', () => import('../features/safeguards/openings-page.tsx')) },
    { path: paths.askOpening, lazy: screen('openings', () => import('../features/safeguards/ask-page.tsx')) },
    {
      path: paths.opening(':openingId'),
      lazy: screen('openings', () => import('../features/safeguards/opening-page.tsx')),
    },
    ...reviewScreens(screen),
    { path: '*', lazy: screen('notFound', () => import('../features/not-found/not-found-page.tsx')) },
  ];
  const known = new Set(screens.flatMap(({ path }) => (path === undefined || path === home ? [] : [path])));
  return [
    {
      element: <Root known={known} />,
      HydrateFallback: Waiting,
      ErrorBoundary: FrameFault,
      children: [{ ErrorBoundary: ScreenFault, children: screens }],
    },
  ];
}
