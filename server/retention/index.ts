export { DumpError } from './dump-error.ts';
export { dumpPart, type DumpReport } from './dump-part.ts';
export { withSnapshot } from './write-dump.store.ts';
export { restoreDump } from './restore-dump.store.ts';
export { startPurging } from './purge-expired.store.ts';
