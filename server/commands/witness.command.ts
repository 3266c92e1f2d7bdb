import { parseArgs } from 'node:util';
import { once } from 'node:events';
import { ed25519Verifier } from '../audit/tlog/note.ts';
import type { TrustedLog } from '../audit/tlog/checkpoint.ts';
import { formatVkey, parseVkey } from '../audit/tlog/vkey.ts';
import { openWitness, witnessKeyOf, type OpenWitness } from '../audit/witness/open-witness.ts';
import { listening, witnessServer } from '../audit/witness/witness-server.ts';
import { systemClock } from '../kernel/clock.ts';
import { CommandError } from './command-error.ts';
import { runCommand } from './run-command.ts';

const USAGE = new CommandError(
  'Cách dùng: npm run witness -- --folder <thư mục> [--name <tên>] [--host 127.0.0.1] [--port 7380] --log <vkey>…\n           npm run witness -- --folder <thư mục> --key   in vkey rồi kết thúc',
  'Usage: npm run witness -- --folder <folder> [--name <name>] [--host 127.0.0.1] [--port 7380] --log <vkey>…\n       npm run witness -- --folder <folder> --key   prints the vkey and ends',
);

type Arguments = {
  folder: string;
  name: string | undefined;
  host: string;
  port: number;
  logs: string[];
  isKeyWanted: boolean;
};

/** A witness of transparency logs: a program of its own, with a key and a disk of its own, for an agency that is not the operator. */
async function main(): Promise<number> {
  const { folder, name, host, port, logs: vkeys, isKeyWanted } = readArguments();
  if (isKeyWanted) {
    console.log(formatVkey(await witnessKeyOf({ folder, name })));
    return 0;
  }
  const logs = trustedLogs(vkeys);
  // From the first moment: a signal before the folder is open must still give the lock back.
  const stopped = Promise.race((['SIGINT', 'SIGTERM'] as const).map((signal) => once(process, signal)));
  const witness = await openWitness({ folder, name }, { logs, clock: systemClock });
  try {
    await serve(witness, { logs, at: { host, port }, stopped });
    return 0;
  } finally {
    await witness.close();
  }
}

/** Until it is stopped. Throws when the record can no longer be written. */
async function serve(
  witness: OpenWitness,
  { logs, at, stopped }: { logs: readonly TrustedLog[]; at: { host: string; port: number }; stopped: Promise<unknown> },
): Promise<void> {
  const failed = Promise.withResolvers<never>();
  const server = witnessServer(witness, { logs, voice: { onFork, onFailure: failed.reject } });
  const address = await listening(server, at).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`Không mở được cổng: ${reason}`, `Cannot listen: ${reason}`);
  });
  console.log(`Khóa / Key: ${formatVkey(witness.key)}`);
  console.log(`Đang chứng kiến tại / Witnessing at http://${address}: ${logs.map(({ origin }) => origin).join(', ')}`);
  await Promise.race([stopped, failed.promise]).finally(() => {
    server.close();
    server.closeAllConnections();
  });
}

function readArguments(): Arguments {
  const { folder, name, host, port, log: logs, key: isKeyWanted } = parsedArguments();
  const isPort = /^[0-9]{1,5}$/.test(port) && Number(port) <= 65_535;
  const hasWork = isKeyWanted || logs.length > 0;
  if (folder === undefined || !hasWork || !isPort) throw USAGE;
  return { folder, name, host, port: Number(port), logs, isKeyWanted };
}

function parsedArguments() {
  try {
    return parseArgs({
      options: {
        folder: { type: 'string' },
        name: { type: 'string' },
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '7380' },
        log: { type: 'string', multiple: true, default: [] },
        key: { type: 'boolean', default: false },
      },
    }).values;
  } catch {
    throw USAGE;
  }
}

/** Several keys of one name are one log that changes its key. */
function trustedLogs(vkeys: readonly string[]): TrustedLog[] {
  const byName = Map.groupBy(vkeys.map(parseVkey), ({ name }) => name);
  return [...byName].map(([origin, keys]) => ({ origin, verifiers: keys.map(ed25519Verifier) }));
}

function onFork(evidence: string | null): void {
  console.error(
    `CẢNH BÁO: sổ đã ký hai cây khác nhau cùng kích thước; không ký. / WARNING: the log has signed two different trees of one size; not cosigned.${evidence === null ? '' : ` [${evidence}]`}`,
  );
}

runCommand(main);
