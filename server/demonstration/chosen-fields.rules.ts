import { shareOf, type DisclosureMatrix } from '../directory/disclosure-matrix.ts';
import type { Account } from './persona.rules.ts';

/** Fields that a case may hold or not; all others every case has. */
const HELD: Readonly<Record<string, (story: Account) => boolean>> = {
  id_number: ({ survivor }) => survivor.isReticent !== true && survivor.age >= 15,
  current_location: ({ survivor }) => survivor.contact?.['currentLocation'] !== undefined,
  shelter_address: () => false,
  narrative: ({ incident }) => incident['narrative'] !== undefined,
  perpetrator_identity: ({ perpetrators }) => perpetrators.length > 0,
  perpetrator_access: ({ perpetrators }) => perpetrators.some((each) => each['access'] !== undefined),
  children: ({ children = [] }) => children.length > 0,
  violence_type: ({ incident }) => incident['kind'] === 'violence',
  trafficking: ({ incident }) => incident['kind'] === 'trafficking',
};

type Choosing = { matrix: DisclosureMatrix; sector: string; also: readonly string[] };

/** What a careful sender ticks: the usual fields that the case holds, and those that she asked to share besides. */
export function chosenFields(story: Account, { matrix, sector, also }: Choosing): string[] {
  const { level, redFlags } = story.risk;
  const isInDanger = level === 'EMERGENCY' || redFlags.includes('LIFE_THREAT_NOW');
  return matrix.fields
    .map(({ field }) => field)
    .filter((field) => HELD[field]?.(story) ?? true)
    .filter((field) => also.includes(field) || shareOf(matrix, { sector, field, isInDanger }).share === 'default');
}
