import { createContext, type ReactNode } from 'react';

/** The quick exit, for whatever covers the page's own one; the shell fills it. */
export const ExitSlot = createContext<ReactNode>(null);
