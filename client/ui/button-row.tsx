import type { ReactNode } from 'react';
import './button.css';

/** The buttons at the end of a screen, the main one first. */
export function ButtonRow({ children }: { children: ReactNode }) {
  return <div className="button-row">{children}</div>;
}
