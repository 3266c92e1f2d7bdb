import { useTranslation } from 'react-i18next';
import type { Language } from '../i18n.ts';
import { signOut } from '../session/session.ts';
import { useKeeper, useSession } from '../session/use-session.ts';
import { useReplaceNavigate } from '../../ui/replace-link.tsx';
import { paths } from '../paths.ts';

/** Who works here, for which agency, in which language. Nobody is named while the screen is locked. */
export function PersonBar() {
  const { t, i18n } = useTranslation('shell');
  const keeper = useKeeper();
  const session = useSession();
  const navigate = useReplaceNavigate();
  const other: Language = i18n.language === 'en' ? 'vi' : 'en';
  function leaveSession(): void {
    signOut(keeper);
    // Whoever signs in next begins at her own front page, not where this person stopped.
    navigate(paths.home);
  }
  return (
    <section className="person" aria-label={t('you')}>
      {session.kind === 'open' ? <p>{nameLine(session.me, i18n.language)}</p> : null}
      <button type="button" lang={other} onClick={() => void i18n.changeLanguage(other)}>
        {t('otherLanguage')}
      </button>
      {session.kind === 'open' || session.kind === 'locked' ? (
        <button type="button" onClick={leaveSession}>
          {t('signOut')}
        </button>
      ) : null}
    </section>
  );
}

type Named = { staff: { displayName: string }; agency: { nameVi: string; nameEn: string } };

function nameLine({ staff, agency }: Named, language: string): string {
  return `${staff.displayName} · ${language === 'en' ? agency.nameEn : agency.nameVi}`;
}
