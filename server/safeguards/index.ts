export { safeguardEndpoints } from './safeguards.routes.ts';
export { requireKnownStaff, settleConflicts } from './settle-conflicts.ts';
export { requireAssignable, requireOpenDesk } from './assignable.ts';
export { noteSurname } from './note-surname.ts';
