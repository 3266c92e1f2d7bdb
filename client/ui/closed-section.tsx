import { useState, type ReactNode } from 'react';
import './closed-section.css';

export type ClosedSectionProps = {
  heading: string;
  /** What it holds or has been prefilled with, so that nobody must open it to know. */
  note?: ReactNode;
  /** Opens it, as when something inside needs mending. */
  isOpen?: boolean;
  children: ReactNode;
};

/**
 * Content behind one tap: what is seldom needed, or must not be read over the shoulder. Until it is opened its content
 * is not in the page at all.
 */
export function ClosedSection({ heading, note, isOpen = false, children }: ClosedSectionProps) {
  const [wasOpened, setOpened] = useState(false);
  return (
    <details
      className="closed-section"
      open={isOpen || undefined}
      onToggle={(event) => {
        if (event.currentTarget.open) setOpened(true);
      }}
    >
      <summary>
        <span className="closed-section-heading">{heading}</span>
        {note ? <span className="closed-section-note">{note}</span> : null}
      </summary>
      {wasOpened || isOpen ? <div className="closed-section-content">{children}</div> : null}
    </details>
  );
}
