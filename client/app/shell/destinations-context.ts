import { createContext, useContext } from 'react';
import type { Destination } from './navigation.ts';

/** The sections of this person that have a screen. */
export const DestinationsContext = createContext<readonly Destination[]>([]);

export function useDestinations(): readonly Destination[] {
  return useContext(DestinationsContext);
}
