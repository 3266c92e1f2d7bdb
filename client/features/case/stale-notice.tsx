import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.tsx';

/** Somebody else saved in the meantime: `children` say what became of what was typed here. Takes the focus. */
export function StaleNotice({ children }: { children: ReactNode }) {
  const { t } = useTranslation('caseFile');
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <div ref={ref} tabIndex={-1} role="alert">
      <Notice icon="warning" title={t('change.stale')}>
        {children}
      </Notice>
    </div>
  );
}
