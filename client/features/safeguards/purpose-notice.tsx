import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Over a view without identities: the one button that opens everything, after one sentence on what is logged. */
export function PurposeNotice({ onState }: { onState: () => void }) {
  const { t } = useTranslation('safeguards');
  return (
    <Notice icon="lock" title={t('purpose.title')}>
      <p>{t('purpose.what')}</p>
      <Button look="main" onClick={onState}>
        {t('purpose.open')}
      </Button>
    </Notice>
  );
}

/** Over what was opened in full: for what, so that nobody forgets it. */
export function StatedNotice() {
  const { t } = useTranslation('safeguards');
  const box = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone.
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1}>
      <Notice icon="info" title={t('purpose.stated')} />
    </div>
  );
}
