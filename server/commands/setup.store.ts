import pg from 'pg';
import { recordAlone } from '../audit/index.ts';
import { insertStaff, type ProvenStaff } from '../identity/new-staff.store.ts';
import { insertGuardian, insertPrincipal } from '../keys/new-principal.store.ts';
import type { Custodian } from '../keys/index.ts';
import type { ShareFile } from '../keys/share-file.ts';
import { CommandError } from './command-error.ts';
import type { Known } from './setup-checks.ts';

/** What an installation begins with; days are `YYYY-MM-DD`. */
export type Beginning = {
  today: string;
  areas: readonly { code: string; name: string; parent: string | null }[];
  agencies: readonly NewAgency[];
  staff: readonly ProvenStaff[];
};
export type NewAgency = {
  id: string;
  nameVi: string;
  nameEn: string;
  kind: string;
  areaCode: string;
  sectors: readonly string[];
  services: readonly string[];
  responsibleHead: string | null;
  desk: { phone: string; hours: string } | null;
};

/** @throws CommandError when somebody was set up before, or this is a demonstration */
export async function readKnown(ownerUrl: string, today: string): Promise<Known> {
  return withClient(ownerUrl, async (client) => {
    await client.query('set role hien_owner');
    await requireUntouched(client);
    return {
      kinds: await codesOf(client, 'agency_kind', today),
      sectors: await codesOf(client, 'sector', today),
      services: await pairsOf(
        client,
        `select code as key, sector as value from hien.service where ${VALID} order by code`,
        [today],
      ),
      areas: await pairsOf(client, `select code as key, name as value from hien.area where ${VALID}`, [today]),
    };
  });
}

const VALID = 'valid_from <= $1::date and (valid_to is null or $1::date < valid_to)';

function codesOf(client: pg.Client, list: string, today: string): Promise<Map<string, string>> {
  const names = `name_vi || ' / ' || name_en`;
  return pairsOf(
    client,
    `select code as key, ${names} as value from hien.code where ${VALID} and list = $2 order by version, position`,
    [today, list],
  );
}

async function pairsOf(client: pg.Client, sql: string, values: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await client.query<{ key: string; value: string }>(sql, [...values]);
  return new Map(rows.map(({ key, value }) => [key, value]));
}

async function requireUntouched(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ isTouched: boolean; isDemonstration: boolean }>(
    'select exists (select 1 from hien.staff) as "isTouched", is_demonstration as "isDemonstration" from hien.installation',
  );
  if (rows[0]?.isDemonstration === true)
    throw new CommandError(
      'Cơ sở dữ liệu này là bản minh hoạ; hãy dùng một cơ sở dữ liệu mới cho công việc thật.',
      'This database is a demonstration; use a new database for real work.',
    );
  if (rows[0]?.isTouched !== false)
    throw new CommandError(
      'Hệ thống này đã có tài khoản; lệnh này chỉ dùng cho lần đầu.',
      'This system has accounts already; this command is for the first time only.',
    );
}

/**
 * Writes everything in one transaction; a second setup at the same time waits and is then refused. Answers with the shares
 * of the guardian's unlock.
 */
export async function writeBeginning(
  ownerUrl: string,
  custodian: Custodian,
  beginning: Beginning,
): Promise<readonly ShareFile[]> {
  return withClient(ownerUrl, async (client) => {
    await client.query('begin; set local role hien_owner; lock table hien.staff in share row exclusive mode');
    await requireUntouched(client);
    for (const { code, name, parent } of beginning.areas)
      await client.query('insert into hien.area (code, name, parent, level, valid_from) values ($1, $2, $3, $4, $5)', [
        code,
        name,
        parent,
        parent === null ? 'province' : 'commune',
        beginning.today,
      ]);
    for (const agency of beginning.agencies) {
      await insertAgency(client, agency, beginning.today);
      await insertPrincipal(client, custodian, agency.id);
    }
    for (const person of beginning.staff) await insertStaff(client, person);
    await recordBeginning(client, beginning);
    const shares = await insertGuardian(client, custodian, beginning.today);
    await client.query('commit');
    return shares;
  });
}

/** One event for each agency (its rows and its keys) and each person. */
async function recordBeginning(client: pg.Client, { agencies, staff }: Beginning): Promise<void> {
  await client.query('set local role hien_archivist');
  const deed = { job: 'setup', action: 'directory.set_up' } as const;
  for (const { id } of agencies)
    await recordAlone(client, { ...deed, objectKind: 'agency', objectId: id, ownerAgencyId: id });
  for (const { staffId, person } of staff)
    await recordAlone(client, { ...deed, objectKind: 'staff', objectId: staffId, ownerAgencyId: person.agencyId });
}

async function insertAgency(client: pg.Client, agency: NewAgency, today: string): Promise<void> {
  const { id, nameVi, nameEn, kind, areaCode, responsibleHead, desk } = agency;
  await client.query(
    'insert into hien.agency (id, name_vi, name_en, kind, area_code, responsible_head, desk_phone, desk_hours, valid_from) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [id, nameVi, nameEn, kind, areaCode, responsibleHead, desk?.phone ?? null, desk?.hours ?? null, today],
  );
  await client.query('insert into hien.agency_sector select $1, unnest($2::text[])', [id, agency.sectors]);
  await client.query('insert into hien.agency_area values ($1, $2)', [id, areaCode]);
  await client.query('insert into hien.agency_service select $1, unnest($2::text[])', [id, agency.services]);
}

/** Closing the connection takes an unfinished transaction back. */
async function withClient<T>(ownerUrl: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'hien setup' });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}
