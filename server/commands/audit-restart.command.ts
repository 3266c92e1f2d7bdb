import type { KeyObject } from 'node:crypto';
import { parseArgs } from 'node:util';
import { keptCheckpoint, nextOrigin, restartLog, vkeyOf } from '../audit/commands.ts';
import { readConfig, type Config } from '../config/config.ts';
import { AUDIT_LOG_KEY, derivedSigningKey } from '../keys/index.ts';
import { openConfigured } from '../keys/open-custodian.ts';
import { progress } from '../progress.ts';
import { CommandError } from './command-error.ts';
import { openOwnerDatabase } from './owner-database.ts';
import { runCommand } from './run-command.ts';

const USAGE = new CommandError(
  'Cách dùng: npm run audit:restart -- --new-log [--origin <tên nhật ký mới>]',
  'Usage: npm run audit:restart -- --new-log [--origin <name of the new log>]\nOnly after an older database had to be restored. Everybody who knows the old log will see that it ended.',
);

/**
 * Begins a new log on a database that cannot continue the old one, and puts the old log's last checkpoint aside as evidence of
 * what was signed. Auditors and witnesses need the new key, so nobody can do this in silence.
 */
async function main(): Promise<number> {
  const origin = readArguments();
  const config = readConfig();
  const wanted = origin ?? config.audit.origin;
  // First of all: without the keys nobody could be told the new log's key.
  const key = await publicKeyOf(config);
  const database = await openOwnerDatabase(config, {
    onStep: (step) => progress.step(`PostgreSQL: ${step}`),
    command: `audit:restart -- ${process.argv.slice(2).join(' ')}`,
  });
  try {
    const { before, after } = await restartLog(database.ownerUrl, (settled) => nameAfter(settled, wanted));
    const evidence = await keptCheckpoint(config.audit.folder).putAside(
      `ended-${new Date().toISOString().replaceAll(/[-:.]/g, '')}`,
    );
    report({ before, after, evidence, vkey: vkeyOf(key, after) });
    return 0;
  } finally {
    await database.close();
  }
}

function nameAfter(settled: string | null, wanted: string | undefined): string {
  // The setting may still name the log that ended.
  const after = nextOrigin(settled, wanted) ?? nextOrigin(settled, undefined);
  if (after === null)
    throw new CommandError(
      'Nhật ký chưa từng được niêm phong; không có gì để bắt đầu lại.',
      'The log was never sealed; there is nothing to begin anew.',
    );
  return after;
}

async function publicKeyOf(config: Config): Promise<{ publicKey: KeyObject }> {
  const custodian = await openConfigured(config, false);
  const { publicKey } = derivedSigningKey(custodian, AUDIT_LOG_KEY);
  custodian.close();
  return { publicKey };
}

type Restarted = { before: string | null; after: string; evidence: string | null; vkey: string };

function report({ before, after, evidence, vkey }: Restarted): void {
  console.log(`Nhật ký ${before ?? ''} đã kết thúc. / The log ${before ?? ''} has ended.`);
  if (evidence !== null) console.log(`Điểm niêm phong cuối / Its last checkpoint: ${evidence}`);
  console.log('Khóa của nhật ký mới, gửi cho cán bộ kiểm tra và các bên chứng kiến:');
  console.log(`The new log ${after}, its key for auditors and witnesses:\n${vkey}`);
}

function readArguments(): string | undefined {
  try {
    const options = { 'new-log': { type: 'boolean' }, origin: { type: 'string' } } as const;
    const { values } = parseArgs({ options });
    const isName = values.origin === undefined || /^[^\s\p{Cc}+]{1,200}$/u.test(values.origin);
    if (values['new-log'] !== true || !isName) throw USAGE;
    return values.origin;
  } catch {
    throw USAGE;
  }
}

runCommand(main);
