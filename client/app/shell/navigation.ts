import { paths } from '../paths.ts';

export type Destination = { key: 'work' | 'register' | 'find' | 'inbox' | 'log'; to: string };

const work: Destination = { key: 'work', to: paths.work };
const register: Destination = { key: 'register', to: paths.register };
const find: Destination = { key: 'find', to: paths.find };
const inbox: Destination = { key: 'inbox', to: paths.inbox };
const log: Destination = { key: 'log', to: paths.log };

const byRole: Readonly<Record<string, readonly Destination[]>> = {
  case_worker: [work, register, find, inbox],
  // Registering belongs to those who then work on the case.
  supervisor: [work, find, inbox],
  duty_officer: [inbox],
  auditor: [log],
};

/** Sectors whose staff chiefly answer others: their inbox comes first. The server alone decides what anyone may do. */
const receivingSectors = new Set(['POLICE', 'HEALTH', 'JUSTICE', 'SHELTER', 'EDU', 'COURT', 'BORDER']);

/** The sections a person sees, the one where her day begins first. */
export function destinations(roles: readonly string[], sectors: readonly string[]): readonly Destination[] {
  const mine = new Set(roles.flatMap((role) => byRole[role] ?? []));
  const isReceiver = sectors.length > 0 && sectors.every((sector) => receivingSectors.has(sector));
  const order = isReceiver ? [inbox, work, register, find, log] : [work, register, find, inbox, log];
  return order.filter((destination) => mine.has(destination));
}
