import { stat } from 'node:fs/promises';
import type { Secret } from '../kernel/secret.ts';
import type { Custodian } from './custodian.ts';
import { openKeyring, readKeyring } from './keyring.ts';
import { wipeRingSecrets } from './ring-secrets.ts';

const LOOK_MS = 2_000;

/**
 * Opens a keyring, and goes on with its newer secrets when the file is replaced (`npm run keys:renew-ring`): it looks every
 * two seconds. A file that does not open, or is another keyring, changes nothing; it is said once, and would stop the next
 * start. Throws as `openKeyring`.
 */
export async function openAndFollow(options: { file: string; passphrase: Secret<string> }): Promise<Custodian> {
  // Taken before it is read: what takes its place meanwhile is another one.
  let seen = await markOf(options.file);
  const custodian = await openKeyring(options);
  let isIdle = true;
  const look = async (): Promise<void> => {
    const mark = await markOf(options.file);
    if (mark === seen) return;
    seen = mark;
    const secrets = await readKeyring(options);
    try {
      custodian.replace(secrets);
    } finally {
      wipeRingSecrets(secrets);
    }
  };
  const timer = setInterval(() => {
    if (!isIdle) return;
    isIdle = false;
    look()
      .catch((error: unknown) => void process.stderr.write(`${error instanceof Error ? error.message : ''}\n`))
      .finally(() => void (isIdle = true));
  }, LOOK_MS).unref();
  return {
    ...custodian,
    close: () => {
      clearInterval(timer);
      custodian.close();
    },
  };
}

/** Tells a file from the one that took its place. */
async function markOf(file: string): Promise<string> {
  return stat(file).then(
    ({ ino, mtimeMs, size }) => `${ino} ${mtimeMs} ${size}`,
    () => '',
  );
}
