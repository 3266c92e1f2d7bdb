import type { ComponentType } from 'react';
import type { PageParts } from './form.ts';
import { IncidentPage, incidentLists } from './page-incident.tsx';
import { OthersPage, othersLists } from './page-others.tsx';
import { PersonPage, personLists } from './page-person.tsx';
import { SafetyPage, safetyLists } from './page-safety.tsx';

/** The number of "check your answers", after the four theme pages. */
export const checking = 5;

type ThemePage = { Fields: ComponentType<PageParts>; lists: readonly string[] };

export const themePages: readonly ThemePage[] = [
  { Fields: SafetyPage, lists: safetyLists },
  { Fields: IncidentPage, lists: incidentLists },
  { Fields: PersonPage, lists: personLists },
  { Fields: OthersPage, lists: othersLists },
];

export function numberOf(page: string): number {
  return page === 'check' ? checking : Math.min(Math.max(Number.parseInt(page, 10) || 1, 1), themePages.length);
}

export function pathOf(number: number): string {
  return number >= checking ? 'check' : String(number);
}
