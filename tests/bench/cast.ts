import type { ClientBase } from 'pg';
import type { Actor } from '../../server/db/work.ts';
import { newBearer } from '../../server/identity/tokens.ts';
import { newId } from '../../server/kernel/ids.ts';
import type { Stage } from './stage.ts';

type StaffActor = Extract<Actor, { kind: 'staff' }>;

/** A person of the district who works in the bench, with a session of her own. */
export type Player = { actor: StaffActor; bearer: Buffer };

/** The ward police to whom an agency refers: its desk answers, its officer serves. */
export type Recipient = { agencyId: string; desk: string; officer: string };

const POLICE_OF_AREA: Readonly<Record<string, string>> = {
  '20263': '0197c1c8-0280-7a00-8a00-000000000002',
  '20275': '0197c1c8-0280-7a00-8a00-000000000007',
};
const POLICE = Object.values(POLICE_OF_AREA);

/** Everybody who registers cases here: case workers of all agencies but the police, who receive. */
export function caseWorkers(stage: Stage): string[] {
  return stage.district.staff
    .filter((person) => person.roles.includes('case_worker') && !POLICE.includes(person.agencyId))
    .map((person) => person.id);
}

export function auditors(stage: Stage): string[] {
  return stage.district.staff.filter((person) => person.roles.includes('auditor')).map((person) => person.id);
}

export function recipientFor(stage: Stage, agencyId: string): Recipient {
  const area = stage.district.agencies.find((agency) => agency.id === agencyId)?.areaCode ?? '';
  const police = POLICE_OF_AREA[area] ?? POLICE[0] ?? '';
  const withRole = (role: string): string =>
    stage.district.staff.find((person) => person.agencyId === police && person.roles.includes(role))?.id ?? '';
  return { agencyId: police, desk: withRole('duty_officer'), officer: withRole('case_worker') };
}

/** Opens a session without a password, straight in the database: for the generator and for bare SQL only. */
export async function playerOf(stage: Stage, client: ClientBase, staffId: string): Promise<Player> {
  const person = stage.district.staff.find((each) => each.id === staffId);
  if (person === undefined) throw new Error('nobody of this id');
  const { bearer, tokenHash } = newBearer();
  const sessionId = newId();
  const expiresAt = new Date(Date.now() + 12 * 3_600_000);
  await client.query('insert into hien.staff_session (id, staff_id, public_hash, expires_at) values ($1, $2, $3, $4)', [
    sessionId,
    staffId,
    tokenHash,
    expiresAt,
  ]);
  await client.query(
    "insert into hien.session_token (token_hash, session_id, kind, expires_at) values ($1, $2, 'cookie', $3)",
    [tokenHash, sessionId, expiresAt],
  );
  const { agencyId, displayName, roles } = person;
  const actor = { kind: 'staff' as const, staffId, agencyId, roles, displayName, sessionId, expiresAt };
  return { actor: { ...actor, sessionHash: tokenHash }, bearer };
}
