import { paths } from '../paths.ts';

export type Destination = {
  key: 'work' | 'register' | 'find' | 'inbox' | 'overview' | 'log' | 'checks' | 'seal';
  to: string;
};

const work: Destination = { key: 'work', to: paths.work };
const register: Destination = { key: 'register', to: paths.register };
const find: Destination = { key: 'find', to: paths.find };
const inbox: Destination = { key: 'inbox', to: paths.inbox };
const overview: Destination = { key: 'overview', to: paths.overview };
const log: Destination = { key: 'log', to: paths.log };
const checks: Destination = { key: 'checks', to: paths.checks };
const seal: Destination = { key: 'seal', to: paths.seal };
const review = [overview, log, checks, seal];

const byRole: Readonly<Record<string, readonly Destination[]>> = {
  case_worker: [work, register, find, inbox],
  // Registering belongs to those who then work on the case.
  supervisor: [work, find, inbox],
  duty_officer: [inbox],
  auditor: review,
};

/** Sectors whose staff chiefly answer others: their inbox comes first. The server alone decides what anyone may do. */
const receivingSectors = new Set(['POLICE', 'HEALTH', 'JUSTICE', 'SHELTER', 'EDU', 'COURT', 'BORDER']);

/** The sections a person sees, the one where her day begins first. */
export function destinations(roles: readonly string[], sectors: readonly string[]): readonly Destination[] {
  const mine = new Set(roles.flatMap((role) => byRole[role] ?? []));
  const isReceiver = sectors.length > 0 && sectors.every((sector) => receivingSectors.has(sector));
  const order = isReceiver ? [inbox, work, register, find] : [work, register, find, inbox];
  return [...order, ...review].filter((destination) => mine.has(destination));
}
