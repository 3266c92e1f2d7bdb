import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icons.tsx';
import { ExitLink } from '../exit/exit-link.tsx';
import { lockSession } from '../session/session.ts';
import { useKeeper, useSession } from '../session/use-session.ts';

export const mainId = 'main';

/** Always on the screen: the quick exit (first for the keyboard), the product's neutral name, the lock. */
export function TopBar() {
  const { t } = useTranslation('shell');
  const keeper = useKeeper();
  const session = useSession();
  return (
    <header className="top">
      <div className="top-bar">
        <ExitLink />
        <a className="skip-link" href={`#${mainId}`} onClick={skip}>
          {t('skip')}
        </a>
        <p className="top-name">{t('product')}</p>
        {session.kind === 'open' ? (
          <button className="top-button" type="button" onClick={() => lockSession(keeper)}>
            <Icon name="lock" />
            {t('lockNow')}
            <span className="unseen"> {t('lockRest')}</span>
          </button>
        ) : null}
      </div>
    </header>
  );
}

function skip(event: MouseEvent): void {
  // A fragment in the address would be one more step in the history.
  event.preventDefault();
  document.getElementById(mainId)?.focus();
}
