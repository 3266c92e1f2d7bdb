import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AppContext } from '../context.ts';
import { PASSWORD_PARAMETERS } from '../identity/password.ts';
import { shareText, type ShareFile } from '../keys/share-file.ts';
import type { Progress } from '../progress.ts';
import { readDistrict, type District } from './district.ts';
import { markDemonstrationDone, readInstallation } from './installation.store.ts';
import { loadDistrict, type Account } from './load-district.store.ts';
import { playHistory } from './play-history.ts';

export type Seeding = {
  ownerUrl: string;
  accountsFile: string;
  /** Where the shares of the guardian's unlock lie, for a demonstration only. */
  guardianFolder: string;
  progress: Progress;
  /** Cheaper hashing for tests. */
  passwordParameters?: string;
};

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
    passwordParameters: seeding.passwordParameters ?? PASSWORD_PARAMETERS,
    onStaff: (done, total) => seeding.progress.count('tài khoản / accounts', done, total),
    keepAccounts: (accounts) => writeAccounts(seeding.accountsFile, district, accounts),
    keepGuardian: (shares) => writeGuardian(seeding.guardianFolder, shares),
  });
}

/** What the person who tries the system signs in with: user name, password, and whose desk it is. */
async function writeAccounts(file: string, district: District, accounts: readonly Account[]): Promise<void> {
  const rows = accounts.map((account) => accountLine(district, account));
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(rows, null, 2)}\n`, { mode: 0o600 });
}

async function writeGuardian(folder: string, shares: readonly ShareFile[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const share of shares)
    await writeFile(path.join(folder, `share-${share.share.x}.txt`), shareText(share), { mode: 0o600 });
}

function accountLine(district: District, { staffId, username, password }: Account) {
  const person = district.staff.find((each) => each.id === staffId);
  const agency = district.agencies.find((each) => each.id === person?.agencyId);
  if (person === undefined || agency === undefined) throw new Error(`demonstration data: no ${username}`);
  const { roles } = person;
  const { nameVi, areaCode, sectors } = agency;
  return { username, password, role: roles[0] ?? '', roles, agency: nameVi, sector: sectors[0] ?? '', area: areaCode };
}
