import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import './page.css';
import { useTabTitle, type TabNoun } from './use-tab-title.ts';

export type PageProps = {
  heading: ReactNode;
  /** The only word of this screen that the tab and the browser's history may show. */
  tab: TabNoun;
  /** Small line above the heading, such as "2 / 4". */
  caption?: ReactNode;
  hasErrors?: boolean;
  /** For tables and pictures; text stays narrow. */
  isWide?: boolean;
  children: ReactNode;
};

/** After loading, reading starts at the top, where the quick exit is; the focus moves only from then on. */
let isFirstScreen = true;

/** The frame of every screen: the neutral tab title, one h1 that takes the focus after a change of screen. */
export function Page({ heading, tab, caption, hasErrors = false, isWide = false, children }: PageProps) {
  useTabTitle(tab, hasErrors);
  const ref = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();
  useEffect(() => {
    if (isFirstScreen) {
      isFirstScreen = false;
      return;
    }
    globalThis.scrollTo(0, 0);
    ref.current?.focus({ preventScroll: true });
  }, [key]);
  return (
    <div className={isWide ? 'page page-wide' : 'page'}>
      {caption ? <p className="page-caption">{caption}</p> : null}
      <h1 className="page-heading" ref={ref} tabIndex={-1}>
        {heading}
      </h1>
      {children}
    </div>
  );
}
