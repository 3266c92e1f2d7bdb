export { appendEvents } from './append-events.ts';
export { auditEndpoints } from './audit.routes.ts';
