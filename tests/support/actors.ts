import { inject } from 'vitest';
import type { TestApp } from './app.ts';
import { aClient, type Client, type Headers } from './http.ts';

/** A person of the district who has signed in. */
export type Person = Client & { username: string; password: string; staffId: string; agencyId: string };
export type Ward = 'son-tra' | 'an-hai';

/** Ids of the district's agencies. */
export const AGENCY = {
  committeeSonTra: agencyId(1),
  policeSonTra: agencyId(2),
  healthSonTra: agencyId(3),
  socialSonTra: agencyId(4),
  womenSonTra: agencyId(5),
  policeAnHai: agencyId(7),
  socialAnHai: agencyId(9),
  hospital: agencyId(11),
  legalAid: agencyId(12),
  shelter: agencyId(13),
  homeAffairs: agencyId(14),
} as const;

function agencyId(number: number): string {
  return `0197c1c8-0280-7a00-8a00-${number.toString(16).padStart(12, '0')}`;
}

export function accountOf(username: string) {
  const account = inject('house').accounts.find((each) => each.username === username);
  if (account === undefined) throw new Error(`nobody in the district is called ${username}`);
  return account;
}

/** Signs in through HTTP, on a session of its own. */
export async function signIn(app: Pick<TestApp, 'url'>, username: string, always: Headers = {}): Promise<Person> {
  const { password, staffId, agencyId: agency } = accountOf(username);
  const client = aClient(app.url, always);
  const reply = await client.post('/api/session', { username, password });
  if (reply.status !== 200) throw new Error(`${username} could not sign in: ${reply.text}`);
  return { ...client, username, password, staffId, agencyId: agency };
}

/** Works on cases in the social affairs office of a ward. */
export function aCaseWorker(app: TestApp, ward: Ward = 'son-tra'): Promise<Person> {
  return signIn(app, ward === 'son-tra' ? 'lan.vhxh.sontra' : 'mai.vhxh.anhai');
}

/** Sits in the same office as `aCaseWorker`, but not in the case's team. */
export function aColleague(app: TestApp): Promise<Person> {
  return signIn(app, 'huy.vhxh.sontra');
}

/** The same work in another ward: must see nothing. */
export function stranger(app: TestApp): Promise<Person> {
  return signIn(app, 'mai.vhxh.anhai');
}

/** Supervises the office of `aCaseWorker`. */
export function supervisor(app: TestApp): Promise<Person> {
  return signIn(app, 'an.vhxh.sontra');
}

export function policeDesk(app: TestApp): Promise<Person> {
  return signIn(app, 'toan.ca.sontra');
}

/** Serves on referrals of the ward police, when the desk assigns it. */
export function policeOfficer(app: TestApp): Promise<Person> {
  return signIn(app, 'thanh.ca.sontra');
}

export function policeSupervisor(app: TestApp): Promise<Person> {
  return signIn(app, 'quyet.ca.sontra');
}

/** The duty desk of another ward's police. */
export function strangerDesk(app: TestApp): Promise<Person> {
  return signIn(app, 'phuc.ca.anhai');
}

export function womensUnionDesk(app: TestApp): Promise<Person> {
  return signIn(app, 'phuong.hpn.sontra');
}

/** Reviews access in the whole city. */
export function auditor(app: TestApp): Promise<Person> {
  return signIn(app, 'nguyet.snv');
}

export function coordinator(app: TestApp): Promise<Person> {
  return signIn(app, 'chau.ubnd.sontra');
}

export function agencyAdmin(app: TestApp): Promise<Person> {
  return signIn(app, 'duc.vhxh.sontra');
}

export function operator(app: TestApp): Promise<Person> {
  return signIn(app, 'thanh.vanhanh');
}
