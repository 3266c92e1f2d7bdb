import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AppContext } from '../context.ts';
import { PASSWORD_PARAMETERS } from '../identity/password.ts';
import type { Progress } from '../progress.ts';
import { readDistrict, type District } from './district.ts';
import { isEmptyInstallation, loadDistrict, type Account } from './load-district.store.ts';
import { playHistory } from './play-history.ts';

export type Seeding = { ownerUrl: string; accountsFile: string; progress: Progress };

/** Loads the demonstration district into an empty installation and plays its history through the real use cases. */
export async function seedDemonstration(context: AppContext, seeding: Seeding): Promise<void> {
  if (!(await isEmptyInstallation(seeding.ownerUrl))) return;
  const district = await readDistrict();
  const accounts = await loadDistrict(seeding.ownerUrl, {
    district,
    custodian: context.keys.custodian,
    passwordParameters: PASSWORD_PARAMETERS,
    onStaff: (done, total) => seeding.progress.count('tài khoản / accounts', done, total),
  });
  await context.directory.refresh();
  await writeAccounts(seeding.accountsFile, district, accounts);
  await playHistory(context, seeding, district);
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
