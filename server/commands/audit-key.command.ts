import { keptCheckpoint, originOfNote, settleOriginOver, vkeyOf } from '../audit/commands.ts';
import { readConfig, type Config } from '../config/config.ts';
import { AUDIT_LOG_KEY, derivedSigningKey } from '../keys/index.ts';
import { openConfigured } from '../keys/open-custodian.ts';
import { progress } from '../progress.ts';
import { openOwnerDatabase } from './owner-database.ts';
import { runCommand } from './run-command.ts';

/** Prints the verifier key of the audit log, which auditors and witnesses know it by. It is public. */
async function main(): Promise<number> {
  const config = readConfig();
  const custodian = await openConfigured(config, false);
  try {
    const key = derivedSigningKey(custodian, AUDIT_LOG_KEY);
    console.log(vkeyOf(key, await originOf(config)));
    return 0;
  } finally {
    custodian.close();
  }
}

/** As the last checkpoint names the log; where none was signed here, the database knows, or settles it now. */
async function originOf(config: Config): Promise<string> {
  const note = await keptCheckpoint(config.audit.folder).read();
  if (note !== null) return originOfNote(note);
  const database = await openOwnerDatabase(config, {
    onStep: (step) => progress.step(`PostgreSQL: ${step}`),
    command: 'audit:key',
  });
  try {
    return await settleOriginOver(database.ownerUrl, config.audit.origin ?? null);
  } finally {
    await database.close();
  }
}

runCommand(main);
