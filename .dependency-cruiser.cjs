// The house of design §2: who may know whom. Types count as knowledge too.
const rooms = ['cases', 'consent', 'referrals', 'reports', 'retention', 'safeguards'];
const grounds = ['policy', 'keys', 'audit', 'identity', 'directory'];
const inRoom = (names) => `^server/(${names.join('|')})/`;

/** A room on the left may never import one on the right. */
const order = ['reports', 'referrals', 'consent', 'cases', 'safeguards'];
const upward = order.map((room, index) => ({
  name: `${room}-knows-nothing-above`,
  comment: 'Rooms are ordered; a lower room that needs a higher one declares a port, and context.ts wires it.',
  severity: 'error',
  from: { path: `^server/${room}/` },
  to: { path: index === 0 ? '^$' : inRoom(order.slice(0, index)) },
}));

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-orphans-of-npm', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...upward,
    { name: 'kernel-stands-alone', severity: 'error', from: { path: '^server/kernel/' }, to: { path: '^(server/(?!kernel/)|client/)' } },
    { name: 'db-knows-the-kernel-only', severity: 'error', from: { path: '^server/db/', pathNot: 'open-database\\.ts$' }, to: { path: '^(server/(?!kernel/|db/)|client/)' } },
    { name: 'grounds-know-no-room', comment: 'policy, keys, audit, identity and directory carry the rooms.', severity: 'error', from: { path: inRoom(grounds) }, to: { path: inRoom(rooms) } },
    { name: 'audit-knows-no-other-ground', severity: 'error', from: { path: '^server/audit/' }, to: { path: inRoom(['identity', 'keys']) } },
    { name: 'tlog-is-pure', comment: 'Formats and the tree: values in, values out, no I/O.', severity: 'error', from: { path: '^server/audit/tlog/' }, to: { pathNot: '^server/audit/tlog/|^server/kernel/|^(node:)?crypto$' } },
    { name: 'witness-knows-tlog-only', comment: 'A partner runs it alone: without the database, the rooms and their packages.', severity: 'error', from: { path: '^server/(audit/witness/|commands/witness\\.command\\.ts$)' }, to: { path: '^(server|client)/|node_modules', pathNot: '^server/(audit/(tlog|witness)|kernel)/|^server/commands/(run-command|command-error)\\.ts$|^node_modules/@types/' } },
    { name: 'keys-know-no-other-ground', severity: 'error', from: { path: '^server/keys/' }, to: { path: inRoom(['identity', 'audit', 'policy', 'directory']) } },
    {
      name: 'nobody-knows-the-top',
      comment: 'main → app → rooms; only the top and tests build a whole.',
      severity: 'error',
      from: { path: inRoom([...rooms, ...grounds, 'http', 'db', 'kernel', 'config']) },
      to: { path: '^server/(main|app|context|life)\\.ts$|^server/(demonstration|commands)/' },
    },
    { name: 'kysely-in-stores-only', severity: 'error', from: { path: '^server/', pathNot: '^server/db/|\\.store\\.ts$' }, to: { path: 'node_modules/kysely', dependencyTypesNot: ['type-only'] } },
    { name: 'express-at-the-edge-only', severity: 'error', from: { path: '^server/', pathNot: '^server/app\\.ts$|^server/http/|\\.routes\\.ts$|quick-exit\\.ts$' }, to: { path: 'node_modules/express' } },
    { name: 'client-knows-contracts-only', severity: 'error', from: { path: '^client/' }, to: { path: '^server/', pathNot: '\\.contract\\.ts$' } },
    { name: 'server-knows-no-client', severity: 'error', from: { path: '^server/' }, to: { path: '^client/' } },
    { name: 'ui-knows-no-feature', severity: 'error', from: { path: '^client/ui/' }, to: { path: '^client/(features|app)/' } },
    { name: 'nothing-imports-tests', severity: 'error', from: { path: '^(server|client)/' }, to: { path: '^tests/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.js', '.mjs', '.css', '.json'] },
  },
};
