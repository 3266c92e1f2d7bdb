import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { ExitLink } from './exit/exit-link.tsx';

/** When a screen cannot be loaded or breaks. The frame with the quick exit stays around it. */
export function ScreenFault() {
  const { t } = useTranslation('shell');
  return (
    <Page heading={t('fault.title')} tab="fault">
      <p>{t('fault.body')}</p>
      <Button look="main" onClick={() => location.reload()}>
        {t('fault.reload')}
      </Button>
    </Page>
  );
}

/** When the frame itself breaks: the way out is still there. */
export function FrameFault() {
  return (
    <main>
      <ExitLink />
      <ScreenFault />
    </main>
  );
}
