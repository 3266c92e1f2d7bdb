import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { useKeeper, useMe } from '../../app/session/use-session.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { useReplaceNavigate } from '../../ui/replace-link.tsx';
import { mayOpenUrgently } from '../directory/roles.ts';
import { askFor } from './ask-values.ts';

/** After a look-up by code that found nothing: the same words whether there is such a case or not. */
export function AskWay({ code }: { code: string }) {
  const { t } = useTranslation('safeguards');
  const { kept } = useKeeper();
  const { roles } = useMe().staff;
  const navigate = useReplaceNavigate();
  if (!mayOpenUrgently(roles)) return null;
  function ask(): void {
    askFor(kept, code);
    navigate(paths.askOpening);
  }
  return (
    <>
      <p>{t('line.askWhy')}</p>
      <Button onClick={ask}>{t('line.ask')}</Button>
    </>
  );
}

/** From my work, where no code is known yet. */
export function AskLink() {
  const { t } = useTranslation('safeguards');
  const { roles } = useMe().staff;
  if (!mayOpenUrgently(roles)) return null;
  return (
    <ButtonLink look="quiet" to={paths.askOpening}>
      {t('line.ask')}
    </ButtonLink>
  );
}
