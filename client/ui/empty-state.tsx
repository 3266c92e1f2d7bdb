import type { ReactNode } from 'react';
import './notices.css';

/** Says that there is nothing, and what that means or what comes next. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty-state">
      <p className="notice-title">{title}</p>
      {children}
    </div>
  );
}
