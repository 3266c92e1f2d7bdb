import { createApp } from '../../server/app.ts';
import { readConfig } from '../../server/config/config.ts';
import { createContext } from '../../server/context.ts';
import { openConfigured } from '../../server/keys/open-custodian.ts';

// The system as it is, but for one thing: no deed leaves a record. What the record costs is what the two differ by.
const config = readConfig();
const { url: app, auditorUrl } = config.database ?? { url: '', auditorUrl: undefined };
const custodian = await openConfigured(config, false);
const context = await createContext(config, { urls: { app, auditor: auditorUrl ?? app }, custodian });
const { appPorts, auditorPorts } = context.performer;
// As many statements as records: the smallest that there are.
const eventsOf: typeof appPorts.eventsOf = (_work, notes) => notes.map(() => ({ text: 'select', values: [] }));
const performer = {
  ...context.performer,
  appPorts: { ...appPorts, eventsOf },
  auditorPorts: { ...auditorPorts, eventsOf },
};
const server = (await createApp({ ...context, performer })).listen(config.port, '127.0.0.1');
process.once('SIGTERM', () => {
  server.closeAllConnections();
  server.close(() => void context.dispose().finally(() => process.exit(0)));
});
