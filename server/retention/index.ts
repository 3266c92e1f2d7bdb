export { dumpPart, type DumpReport } from './dump-part.ts';
export { withSnapshot } from './write-dump.store.ts';
export { restoreDump } from './restore-dump.store.ts';
export { startPurging } from './purge-expired.store.ts';
export { askErasure, confirmErasure } from './erase-case.ts';
export { certificateHash, printedCertificate, type Certificate } from './erasure.rules.ts';
export { certificateOf, erasureReasons } from './erasure.store.ts';
export { openArchivist, recordDeed, type Archivist } from './archivist.store.ts';
export { sweepDeleted } from './sweep.store.ts';
