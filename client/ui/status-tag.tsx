import type { ReactNode } from 'react';
import './status-tag.css';

export type StatusTone = 'neutral' | 'action' | 'warning' | 'danger' | 'done';

/** The state in words; colour and border only repeat it. */
export function StatusTag({ tone = 'neutral', children }: { tone?: StatusTone; children: ReactNode }) {
  return <span className={`status-tag status-tag-${tone}`}>{children}</span>;
}
