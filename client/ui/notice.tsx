import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';
import './notices.css';

export type NoticeProps = { icon?: IconName; title: string; children?: ReactNode };

/** Something to know before going on; it interrupts nobody. */
export function Notice({ icon = 'info', title, children }: NoticeProps) {
  return (
    <div className="notice notice-action">
      <Icon name={icon} />
      <div>
        <p className="notice-title">{title}</p>
        {children}
      </div>
    </div>
  );
}
