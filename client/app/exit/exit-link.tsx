import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icons.tsx';
import { exitPath } from './leave.ts';
import { useLeave } from './use-quick-exit.ts';

/** A true link, so that it also works when scripts have failed. */
export function ExitLink() {
  const { t } = useTranslation('shell');
  const leaveNow = useLeave();
  function press(event: MouseEvent): void {
    event.preventDefault();
    leaveNow();
  }
  return (
    <a className="exit-link" href={exitPath} rel="noreferrer nofollow" onClick={press}>
      <Icon name="exit" />
      {t('exit')}
    </a>
  );
}
