export { appendEvents } from './append-events.ts';
export { auditEndpoints } from './audit.routes.ts';
export { openSealing, type Sealing } from './open-sealing.ts';
