import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { AGENCY } from '../support/actors.ts';

/** Written from the prose: the matrix as a lawyer reads it, and what a partner may read of one referral at one time. */
type Cell = { share: 'default' | 'ask' | 'never'; when?: string; else?: Cell['share'] };
const matrix = JSON.parse(readFileSync(new URL('../../policies/disclosure-matrix.json', import.meta.url), 'utf8')) as {
  sectors: Record<string, Record<string, Cell>>;
};

export const PARTNERS = [
  { sector: 'POLICE', agencyId: AGENCY.policeSonTra, service: 'POL.STATEMENT', desk: 'toan.ca.sontra' },
  { sector: 'HEALTH', agencyId: AGENCY.hospital, service: 'HEA.MENTAL', desk: 'tram.benhvien' },
  { sector: 'WU', agencyId: AGENCY.womenSonTra, service: 'WU.COUNSEL', desk: 'phuong.hpn.sontra' },
] as const;
export type Partner = (typeof PARTNERS)[number];

/** Fields that may go to a sector whatever danger she is in; with no consent only what goes by default. */
export function fieldsFor({ sector }: Partner, isOnConsent: boolean): string[] {
  return Object.entries(matrix.sectors[sector] ?? {}).flatMap(([field, cell]) =>
    cell.when === undefined && (cell.share === 'default' || (isOnConsent && cell.share === 'ask')) ? [field] : [],
  );
}

export type Consent = { id: string; to: Partner; fields: string[]; validUntil: string; isWithdrawn: boolean };
export type Sent = {
  id: string;
  to: Partner;
  fields: string[];
  consent: Consent | null;
  endsOn: string;
  state: 'sent' | 'accepted' | 'completed' | 'declined' | 'recalled' | 'withdrawn';
  /** How many words had been typed when it went. */
  wordsBefore: number;
};

export function mayRead(sent: Sent, day: string): boolean {
  const stands = sent.consent === null || !sent.consent.isWithdrawn;
  return stands && day <= sent.endsOn && (sent.state === 'accepted' || sent.state === 'completed');
}

/** What a referral may rest on a consent for: this partner, every field, the whole time, today. */
export function carries(
  consent: Consent,
  on: { to: Partner; fields: readonly string[]; endsOn: string; day: string },
): boolean {
  return (
    !consent.isWithdrawn &&
    consent.validUntil >= on.day &&
    consent.to === on.to &&
    on.endsOn <= consent.validUntil &&
    on.fields.every((field) => consent.fields.includes(field))
  );
}

const partner = fc.constantFrom(...PARTNERS);
const choice = fc.array(fc.nat(40), { minLength: 1, maxLength: 6 });
const pick = fc.nat(20);

/** One thing that happens; numbers choose among what there is at the time. */
export const happening = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('agree' as const),
      to: partner,
      choice,
      days: fc.integer({ min: 1, max: 60 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant('send' as const),
      pick,
      choice,
      days: fc.integer({ min: 0, max: 60 }),
      isLawful: fc.boolean(),
      isWithin: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('accept' as const), pick }) },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constantFrom('complete' as const, 'decline' as const, 'recall' as const), pick }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('withdraw' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('add' as const) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 40 }) }) },
);
export type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

export function chosen<T>(from: readonly T[], numbers: readonly number[]): T[] {
  return [...new Set(numbers.map((number) => from[number % from.length] as T))].filter((each) => each !== undefined);
}
