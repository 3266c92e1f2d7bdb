export { eventStatements } from './append-events.ts';
export { auditEndpoints } from './audit.routes.ts';
export { recordAlone, type LoneDeed } from './record-alone.ts';
export { openSealing, type Sealing } from './open-sealing.ts';
