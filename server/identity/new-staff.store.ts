import { createHash, randomBytes } from 'node:crypto';
import type { ClientBase } from 'pg';
import { newSalt, passwordProof } from './password.ts';

/** A person to be entered, with the password that proves them. */
export type NewStaff = {
  staffId: string;
  username: string;
  password: string;
  person: { displayName: string; agencyId: string; roles: readonly string[] };
};
export type ProvenStaff = NewStaff & { parameters: string; salt: Buffer; proof: Buffer };

/** Hashes the password of a new person: slow, so it is done before a transaction begins. */
export async function provePassword(staff: NewStaff, parameters: string): Promise<ProvenStaff> {
  const salt = newSalt();
  return { ...staff, parameters, salt, proof: await passwordProof(staff.password, parameters, salt) };
}

/** Enters a person with roles and credential, over the owner's connection. */
export async function insertStaff(client: ClientBase, staff: ProvenStaff): Promise<void> {
  const { staffId, username, person, parameters, salt, proof } = staff;
  await client.query('insert into hien.staff (id, username, display_name, agency_id) values ($1, $2, $3, $4)', [
    staffId,
    username,
    person.displayName,
    person.agencyId,
  ]);
  await client.query('insert into hien.staff_role select $1, unnest($2::text[])', [staffId, person.roles]);
  const verifier = createHash('sha256').update(proof).digest();
  await client.query(
    'insert into hien.staff_credential (staff_id, parameters, salt, verifier) values ($1, $2, $3, $4)',
    [staffId, parameters, salt, verifier],
  );
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 5;
const GROUP_LENGTH = 4;
/** The largest multiple of the alphabet's length that a byte can hold: bytes above it would favour some letters. */
const FAIR = 256 - (256 % LETTERS.length);

/** Five groups of four letters and digits: easy to copy, 99 bits. */
export function newPassword(): string {
  const picked: string[] = [];
  while (picked.length < GROUPS * GROUP_LENGTH) {
    const [byte = FAIR] = randomBytes(1);
    if (byte < FAIR) picked.push(LETTERS[byte % LETTERS.length] ?? '');
  }
  return Array.from({ length: GROUPS }, (_, nth) =>
    picked.slice(nth * GROUP_LENGTH, (nth + 1) * GROUP_LENGTH).join(''),
  ).join('-');
}
