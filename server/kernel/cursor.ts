import { invalid } from './errors.ts';

/** A page's end as an opaque text: the id of its last row (ids are ordered by time). */
export function cursorOf(lastId: string): string {
  return Buffer.from(lastId, 'utf8').toString('base64url');
}

/** @throws AppError VALIDATION_FAILED for a text that is no cursor of ours */
export function idFromCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^[0-9a-f-]{36}$/.test(id)) throw invalid({ path: 'cursor', code: 'INVALID' });
  return id;
}
