import { v7 } from 'uuid';

/** A fresh UUIDv7: ordered by time so that indexes stay narrow, without meaning otherwise. */
export function newId(): string {
  return v7();
}
