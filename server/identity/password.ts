import { randomBytes } from 'node:crypto';
import { argon2id, hash } from 'argon2';

/** argon2id as stored: memory in KiB, passes, lanes (RFC 9106; OWASP's floor is far below). */
export const PASSWORD_PARAMETERS = 'argon2id m=65536 t=3 p=1';

const MAX_AT_ONCE = 2;
const SALT_BYTES = 16;
const OUTPUT_BYTES = 32;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * The argon2id output that proves a password: 32 bytes. The database keeps only its SHA-256 and compares there,
 * so neither the application's role nor a dump holds what opens a session. At most two run at once: each takes 64 MiB.
 */
export async function passwordProof(password: string, parameters: string, salt: Buffer): Promise<Buffer> {
  const [memoryCost, timeCost, parallelism] = ['m', 't', 'p'].map((name) =>
    Number(new RegExp(` ${name}=(\\d+)`).exec(parameters)?.[1] ?? Number.NaN),
  );
  if (memoryCost === undefined || timeCost === undefined || parallelism === undefined)
    throw new Error('password parameters');
  if (running >= MAX_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await hash(password.normalize('NFC'), {
      type: argon2id,
      raw: true,
      salt,
      memoryCost,
      timeCost,
      parallelism,
      hashLength: OUTPUT_BYTES,
    });
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

export function newSalt(): Buffer {
  return randomBytes(SALT_BYTES);
}
