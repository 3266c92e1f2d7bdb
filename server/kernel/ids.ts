import { v7 } from 'uuid';

declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type CaseId = Id<'case'>;
export type AgencyId = Id<'agency'>;
export type StaffId = Id<'staff'>;
export type ReferralId = Id<'referral'>;
export type ConsentId = Id<'consent'>;
export type GrantId = Id<'grant'>;
export type DraftId = Id<'draft'>;
export type EventId = Id<'event'>;
export type RecordId = Id<'record'>;

/** A fresh UUIDv7: ordered by time so that indexes stay narrow, without meaning otherwise. */
export function newId<T extends string>(): T {
  return v7() as T;
}
