export { appendEvents } from './append-events.ts';
export { auditEndpoints } from './audit.routes.ts';
export { auditHealth, type AuditHealth } from './audit-health.ts';
export { openSequencer } from './sequencer/open-sequencer.ts';
