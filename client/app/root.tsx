import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useMatches } from 'react-router';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { SignInPage } from '../features/sign-in/sign-in-page.tsx';
import { useQuickExit } from './exit/use-quick-exit.ts';
import { watchReturn } from './exit/leave.ts';
import { LockScreen } from './lock/lock-screen.tsx';
import { watchIdle } from './lock/watch-idle.ts';
import { watchLocked } from './lock/watch-locked.ts';
import { isOpenToAll } from './open-to-all.ts';
import { followTabs, loadSession } from './session/session.ts';
import type { Keeper } from './session/keeper.types.ts';
import type { SessionState } from './session/session.types.ts';
import { useKeeper, useSession } from './session/use-session.ts';
import { Frame } from './shell/frame.tsx';
import { DestinationsContext } from './shell/destinations-context.ts';
import { destinations, type Destination } from './shell/navigation.ts';

/** Decides what this person may have on the screen at all. `known` are the paths that have a screen. */
export function Root({ known }: { known: ReadonlySet<string> }) {
  const keeper = useKeeper();
  const session = useSession();
  useQuickExit();
  useEffect(() => followTabs(keeper), [keeper]);
  useEffect(() => watchReturn(keeper, () => restart(keeper)), [keeper]);
  useEffect(() => watchClock(keeper, session), [keeper, session]);
  if (session.kind === 'left') return null;
  return (
    <DestinationsContext value={sections(session, known)}>
      <Frame>
        <Content session={session} />
      </Frame>
    </DestinationsContext>
  );
}

function Content({ session }: { session: SessionState }) {
  const keeper = useKeeper();
  const isOpen = useMatches().some(isOpenToAll);
  // The lock comes before everything, or a help page would be a way around it.
  if (session.kind === 'locked') return <LockScreen me={session.me} />;
  if (session.kind === 'open' || isOpen) return <Outlet />;
  if (session.kind === 'unreachable') return <Unreachable onRetry={() => restart(keeper)} />;
  if (session.kind === 'signed-out') return <SignInPage reason={session.reason} />;
  return <Waiting />;
}

function Unreachable({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation('shell');
  return (
    <Page heading={t('unreachable')} tab="fault">
      <ProblemNotice problem={{ status: 0, title: '' }} onRetry={onRetry} />
    </Page>
  );
}

function restart(keeper: Keeper): void {
  keeper.session.set({ kind: 'loading' });
  void loadSession(keeper);
}

function watchClock(keeper: Keeper, session: SessionState): (() => void) | undefined {
  if (session.kind === 'open') return watchIdle(keeper, session.me);
  if (session.kind === 'locked' && session.me) return watchLocked(keeper, session.me, session.sinceWallMs);
  return undefined;
}

function sections(session: SessionState, known: ReadonlySet<string>): readonly Destination[] {
  if (session.kind !== 'open') return [];
  const { staff, agency } = session.me;
  return destinations(staff.roles, agency.sectors).filter(({ to }) => known.has(to));
}
