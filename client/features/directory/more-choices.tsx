import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import './more-choices.css';
import type { More } from './use-more-choices.ts';

export type MoreChoicesProps = {
  more: More;
  /** The question, for those who hear only the button. */
  label: string;
  children: ReactNode;
};

/** A field with a button beneath it for the rest of its choices. */
export function MoreChoices({ more, label, children }: MoreChoicesProps) {
  const { t } = useTranslation('ui');
  if (more.hiddenCount === 0) return children;
  return (
    <div className="more-choices">
      {children}
      <Button look="quiet" onClick={more.showAll}>
        {t('moreChoices', { count: more.hiddenCount })}
        <span className="unseen"> – {label}</span>
      </Button>
    </div>
  );
}
