import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AppContext } from '../context.ts';
import { PASSWORD_PARAMETERS } from '../identity/password.ts';
import type { Progress } from '../progress.ts';
import { readDistrict, type District } from './district.ts';
import { markDemonstrationDone, readInstallation } from './installation.store.ts';
import { loadDistrict, type Account } from './load-district.store.ts';
import { playHistory } from './play-history.ts';

export type Seeding = { ownerUrl: string; accountsFile: string; progress: Progress };

/**
 * Loads the demonstration district into an empty installation and plays its history through the real use cases. A start
 * that was killed half-way is continued where it stopped; an installation that is no demonstration is left alone.
 */
export async function seedDemonstration(context: AppContext, seeding: Seeding): Promise<void> {
  const district = await readDistrict();
  if ((await readInstallation(seeding.ownerUrl)).isEmpty) await load(context, seeding, district);
  const installation = await readInstallation(seeding.ownerUrl);
  if (!installation.isDemonstration || installation.isDone) return;
  await context.directory.refresh();
  await playHistory(context, { ...seeding, district, nowMs: installation.beganAtMs });
  await markDemonstrationDone(seeding.ownerUrl);
}

async function load(context: AppContext, seeding: Seeding, district: District): Promise<void> {
  await loadDistrict(seeding.ownerUrl, {
    district,
    custodian: context.keys.custodian,
    passwordParameters: PASSWORD_PARAMETERS,
    onStaff: (done, total) => seeding.progress.count('tài khoản / accounts', done, total),
    keepAccounts: (accounts) => writeAccounts(seeding.accountsFile, district, accounts),
  });
}

async function writeAccounts(file: string, district: District, accounts: readonly Account[]): Promise<void> {
  const rows = accounts.flatMap(({ staffId, username, password }) => {
    const person = district.staff.find((each) => each.id === staffId);
    const agency = district.agencies.find((each) => each.id === person?.agencyId);
    const [role = ''] = person?.roles ?? [];
    return [
      {
        username,
        password,
        role,
        roles: person?.roles ?? [],
        agency: agency?.nameVi ?? '',
        sector: agency?.sectors[0] ?? '',
        area: agency?.areaCode ?? '',
      },
    ];
  });
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(rows, null, 2)}\n`, { mode: 0o600 });
}
