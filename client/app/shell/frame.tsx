import { Suspense, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ExitSlot } from '../../ui/exit-slot.ts';
import { Waiting } from '../../ui/waiting.tsx';
import { ExitLink } from '../exit/exit-link.tsx';
import { IdleNotice } from '../lock/idle-notice.tsx';
import { useSession } from '../session/use-session.ts';
import { Foot } from './foot.tsx';
import { PersonBar } from './person-bar.tsx';
import { Sections } from './sections.tsx';
import './shell.css';
import { mainId, TopBar } from './top-bar.tsx';

/** What surrounds every screen. */
export function Frame({ children }: { children: ReactNode }) {
  const exit = useMemo(() => <ExitLink />, []);
  return (
    <ExitSlot value={exit}>
      <TopBar />
      <IdleNotice />
      <DemonstrationStrip />
      <PersonBar />
      <Sections />
      <main id={mainId} tabIndex={-1}>
        <Suspense fallback={<Waiting />}>{children}</Suspense>
      </main>
      <Foot />
    </ExitSlot>
  );
}

function DemonstrationStrip() {
  const { t } = useTranslation('shell');
  const session = useSession();
  const isShown = 'me' in session ? session.me?.demonstration : 'isDemonstration' in session && session.isDemonstration;
  if (!isShown) return null;
  return (
    <section aria-label={t('demonstrationLabel')}>
      <p className="strip">{t('demonstration')}</p>
    </section>
  );
}
