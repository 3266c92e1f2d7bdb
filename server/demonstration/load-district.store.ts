import pg from 'pg';
import { insertStaff, newPassword, provePassword, type ProvenStaff } from '../identity/new-staff.store.ts';
import { systemClock, vietnamDay } from '../kernel/clock.ts';
import { conflictIndexes, doubtIndexes, type Custodian } from '../keys/index.ts';
import { insertGuardian, insertPrincipal } from '../keys/new-principal.store.ts';
import type { ShareFile } from '../keys/share-file.ts';
import type { District, DistrictStaff } from './district.ts';

export type Account = { staffId: string; username: string; password: string };
export type LoadOptions = {
  district: District;
  custodian: Custodian;
  passwordParameters: string;
  onStaff: (done: number, total: number) => void;
  /** Called with the passwords before anything is stored: a start killed here or later never leaves accounts that nobody can open. */
  keepAccounts?: (accounts: readonly Account[]) => Promise<void>;
  /** Called with the shares of the guardian's unlock, likewise; without it there is no guardian. */
  keepGuardian?: (shares: readonly ShareFile[]) => Promise<void>;
};

/** Writes areas, agencies with their keys, staff and fresh passwords, in one transaction; the history counts back from its moment. */
export async function loadDistrict(ownerUrl: string, options: LoadOptions): Promise<Account[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'hien demonstration' });
  await client.connect();
  try {
    await client.query('begin; set local role hien_owner');
    await loadAreas(client, options.district);
    await loadAgencies(client, options);
    const accounts = await loadStaff(client, options);
    await options.keepAccounts?.(accounts);
    await loadGuardian(client, options);
    await client.query('update hien.installation set is_demonstration = true, demonstration_began_at = now()');
    await client.query('commit');
    return accounts;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    await client.end();
  }
}

async function loadGuardian(client: pg.Client, { custodian, keepGuardian }: LoadOptions): Promise<void> {
  if (keepGuardian !== undefined)
    await keepGuardian(await insertGuardian(client, custodian, vietnamDay(systemClock.now())));
}

async function loadAreas(client: pg.Client, district: District): Promise<void> {
  for (const area of district.areas) {
    // An imported list may have come first: then the demonstration's row ends where the imported one begins.
    await client.query(
      `insert into hien.area (code, valid_from, valid_to, name, parent, level)
       values ($1, $2, (select min(valid_from) from hien.area where code = $1 and valid_from > $2::date), $3, $4, $5)
       on conflict do nothing`,
      [area.code, area.validFrom ?? district.validFrom, area.nameVi, area.parent, area.level],
    );
  }
}

async function loadAgencies(client: pg.Client, { district, custodian }: LoadOptions): Promise<void> {
  for (const agency of district.agencies) {
    const { id, nameVi, nameEn, kind, areaCode, responsibleHead, dutyDesk } = agency;
    await client.query(
      'insert into hien.agency (id, name_vi, name_en, kind, area_code, responsible_head, desk_phone, desk_hours, valid_from) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [
        id,
        nameVi,
        nameEn,
        kind,
        areaCode,
        responsibleHead,
        dutyDesk?.phone ?? null,
        dutyDesk?.hours ?? null,
        agency.validFrom ?? district.validFrom,
      ],
    );
    await client.query('insert into hien.agency_sector select $1, unnest($2::text[])', [id, agency.sectors]);
    await client.query('insert into hien.agency_area select $1, unnest($2::text[])', [id, agency.coversAreas]);
    await client.query('insert into hien.agency_service select $1, unnest($2::text[])', [id, agency.services]);
    await insertPrincipal(client, custodian, id);
  }
}

async function loadStaff(client: pg.Client, options: LoadOptions): Promise<Account[]> {
  const { staff } = options.district;
  const proven = await withPasswords(staff, options);
  for (const person of proven) await insertStaff(client, person);
  for (const person of staff) await insertIdentifiers(client, options.custodian, person);
  return proven.map(({ staffId, username, password }) => ({ staffId, username, password }));
}

async function insertIdentifiers(client: pg.Client, custodian: Custodian, person: DistrictStaff): Promise<void> {
  const { displayName: fullName, birthYear, identityNumber, phone } = person;
  const who = { fullName, birthYear, identityNumber, phone };
  const keyFor = (label: string) => custodian.derivedKey(label);
  const indexes = [...conflictIndexes(keyFor, who), ...doubtIndexes(keyFor, who)];
  await client.query(
    'insert into hien.staff_identifier select $1, f, h from unnest($2::text[], $3::bytea[]) as given (f, h)',
    [person.id, indexes.map(({ field }) => field), indexes.map(({ value }) => value)],
  );
}

async function withPasswords(staff: readonly DistrictStaff[], options: LoadOptions): Promise<ProvenStaff[]> {
  let done = 0;
  return Promise.all(
    staff.map(async (person) => {
      const proven = await provePassword(
        { person, staffId: person.id, username: person.username, password: newPassword() },
        options.passwordParameters,
      );
      options.onStaff((done += 1), staff.length);
      return proven;
    }),
  );
}
