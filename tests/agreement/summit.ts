import { insert, giveTokens, type Ground } from './write-worlds.ts';
import { staffTables } from './world-rows.ts';
import type { Person } from './world.ts';

const AGENCY = 'ffffffff-0000-7000-8000-000000000000';
const AREA = 'summit';

function somebody(nth: number, roles: readonly string[]): Person {
  const id = `ffffffff-0000-7000-8000-00000000000${nth}`;
  return { id, agencyId: AGENCY, roles, token: Buffer.from(id.replaceAll('-', ''), 'hex') };
}

/** Above every agency that there is: an auditor, whose the whole log is, and a supervisor, whose it is not. */
export const SUMMIT: readonly Person[] = [somebody(1, ['auditor']), somebody(2, ['supervisor'])];

/** One area above all, and an agency in it. */
export async function writeSummit(ground: Ground): Promise<void> {
  const { ask } = ground;
  const validFrom = '2025-07-01';
  await insert(ground, 'area', [{ code: AREA, valid_from: validFrom, name: 'a', parent: null, level: 'province' }]);
  await ask('update hien.area set parent = $1 where parent is null and code <> $1', [AREA]);
  const agency = {
    id: AGENCY,
    name_vi: 'a',
    name_en: 'a',
    kind: 'ward_police',
    area_code: AREA,
    valid_from: validFrom,
  };
  await insert(ground, 'agency', [agency]);
  for (const [table, rows] of staffTables(SUMMIT)) await insert(ground, table, rows);
  await giveTokens(ground, SUMMIT);
}
