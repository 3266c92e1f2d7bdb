export { ageBandOf, isChildBand } from './age.rules.ts';
export type { CaseContent } from './case-documents.rules.ts';
export { loadCase, type LoadedCase } from './load-content.ts';
export { caseEndpoints } from './cases.routes.ts';
export { endContactClock } from './cases.store.ts';
export { renewStatistics, type ServicesOf } from './write-statistics.ts';
export { ownHolders } from './restrict-case.ts';
