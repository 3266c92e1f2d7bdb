import { useEffect, type ReactNode } from 'react';

/** Around a filed report. Everything else gives a blank sheet of paper: the style sheet prints only this. */
export function Printable({ children }: { children: ReactNode }) {
  useEffect(() => {
    document.documentElement.dataset['print'] = 'allowed';
    return () => {
      delete document.documentElement.dataset['print'];
    };
  }, []);
  return <div className="printable">{children}</div>;
}
