import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';

/*
 * NOT Vault and not OpenBao: what OpenBao documents of its transit engine (website/content/docs/api/secret/transit.mdx of
 * github.com/openbao/openbao, read at df6ce2c, and where the text is silent its internal/builtin/logical/transit), as far
 * as Hiên uses it. No binary of either can be had in the test environment; run the same suite against a real one by hand.
 */

export type KeyType = 'aes256-gcm96' | 'ed25519' | 'hmac' | 'chacha20-poly1305';
export type Said = { status: number; json: unknown };
type Body = Readonly<Record<string, unknown>>;
type Version = { aes: Buffer; hmac: Buffer; signing: KeyObject; createdAt: number };
type Key = { type: KeyType; versions: Version[]; minDecryption: number; minEncryption: number };

export type TransitEngine = {
  create(name: string, type: KeyType): void;
  rotate(name: string): void;
  /** As `POST /transit/keys/:name/config` does. */
  configure(name: string, config: Partial<Pick<Key, 'minDecryption' | 'minEncryption'>>): void;
  remove(name: string): void;
  has(name: string): boolean;
  /** As the engines did before they knew `associated_data`. */
  forgetAssociatedData(): void;
  /** `keys/hien-wrap`, `encrypt/hien-wrap`, … */
  answer(path: string, body: Body): Said;
};

const IV = 12;
const TAG = 16;

export function refusal(status: number, ...errors: string[]): Said {
  return { status, json: { errors } };
}

function fine(data: Body): Said {
  return { status: 200, json: { request_id: randomBytes(8).toString('hex'), lease_duration: 0, data, warnings: null } };
}

export function transitEngine(): TransitEngine {
  const keys = new Map<string, Key>();
  const heeds = { associatedData: true };
  const keyOf = (name: string): Key => {
    const key = keys.get(name);
    if (key === undefined) throw new Error(`no key ${name}`);
    return key;
  };
  return {
    create: (name, type) => void keys.set(name, { type, versions: [aVersion()], minDecryption: 1, minEncryption: 0 }),
    rotate: (name) => void keyOf(name).versions.push(aVersion()),
    configure: (name, config) => void Object.assign(keyOf(name), config),
    remove: (name) => void keys.delete(name),
    has: (name) => keys.has(name),
    forgetAssociatedData: () => void (heeds.associatedData = false),
    answer(path, body) {
      const [operation = '', name = ''] = path.split('/');
      const key = keys.get(name);
      if (operation === 'keys') return key === undefined ? refusal(404) : fine(shown(name, key));
      if (key === undefined) return refusal(400, 'encryption key not found');
      const given = heeds.associatedData ? body : { ...body, associated_data: '' };
      const run = OPERATIONS[operation];
      return run === undefined ? refusal(404, 'unsupported path') : run(key, given);
    },
  };
}

const OPERATIONS: Readonly<Record<string, (key: Key, body: Body) => Said>> = {
  encrypt,
  decrypt,
  sign: signature,
  hmac,
};

function aVersion(): Version {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { aes: randomBytes(32), hmac: randomBytes(32), signing: privateKey, createdAt: Date.now() };
}

function encrypt(key: Key, body: Body): Said {
  if (key.type !== 'aes256-gcm96') return refusal(400, `message encryption not supported for key type ${key.type}`);
  const version = key.versions.length;
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', versionOf(key, version).aes, iv, { authTagLength: TAG });
  cipher.setAAD(bytes(body['associated_data']));
  const sealed = Buffer.concat([iv, cipher.update(bytes(body['plaintext'])), cipher.final(), cipher.getAuthTag()]);
  return fine({ ciphertext: `vault:v${version}:${sealed.toString('base64')}`, key_version: version });
}

function decrypt(key: Key, body: Body): Said {
  if (key.type !== 'aes256-gcm96') return refusal(400, `message decryption not supported for key type ${key.type}`);
  const [, version, text = ''] = /^vault:v(\d+):(.*)$/.exec(String(body['ciphertext'])) ?? [];
  if (version === undefined) return refusal(400, 'invalid ciphertext: no prefix');
  // The engine takes a version 0 for 1, "compatibility mode with initial implementation".
  const number = Math.max(1, Number(version));
  if (number > key.versions.length) return refusal(400, 'invalid ciphertext: version is too new');
  if (number < key.minDecryption)
    return refusal(400, 'ciphertext or signature version is disallowed by policy (too old)');
  const sealed = Buffer.from(text, 'base64');
  const plaintext = opened(versionOf(key, number).aes, sealed, bytes(body['associated_data']));
  if (plaintext === undefined) return refusal(400, 'cipher: message authentication failed');
  return fine({ plaintext: plaintext.toString('base64') });
}

function opened(key: Buffer, sealed: Buffer, associatedData: Buffer): Buffer | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV), { authTagLength: TAG });
    decipher.setAAD(associatedData);
    decipher.setAuthTag(sealed.subarray(-TAG));
    return Buffer.concat([decipher.update(sealed.subarray(IV, -TAG)), decipher.final()]);
  } catch {
    return undefined;
  }
}

function signature(key: Key, body: Body): Said {
  if (key.type !== 'ed25519') return refusal(400, `key type ${key.type} does not support signing`);
  const version = key.versions.length;
  const signed = sign(null, bytes(body['input']), versionOf(key, version).signing).toString('base64');
  return fine({ signature: `vault:v${version}:${signed}`, key_version: version });
}

/** Any type of key has an HMAC key of its own in each version. */
function hmac(key: Key, body: Body): Said {
  const version = Number(body['key_version'] ?? 0) || key.versions.length;
  if (version < key.minEncryption)
    return refusal(400, 'cannot generate HMAC: version is too old (disallowed by policy)');
  if (body['input'] === undefined) return refusal(400, 'missing input for HMAC');
  const digest = createHmac('sha256', versionOf(key, version).hmac).update(bytes(body['input'])).digest('base64');
  return fine({ hmac: `vault:v${version}:${digest}` });
}

function shown(name: string, key: Key): Body {
  const seen = key.versions.map((version, index) => [index + 1, version] as const);
  const available = seen.filter(([number]) => number >= key.minDecryption);
  const value = ({ signing, createdAt }: Version): unknown =>
    key.type === 'ed25519'
      ? { creation_time: new Date(createdAt).toISOString(), name: 'ed25519', public_key: publicText(signing) }
      : Math.floor(createdAt / 1000);
  return {
    name,
    type: key.type,
    derived: false,
    exportable: false,
    deletion_allowed: false,
    latest_version: key.versions.length,
    min_decryption_version: key.minDecryption,
    min_encryption_version: key.minEncryption,
    keys: Object.fromEntries(available.map(([number, version]) => [String(number), value(version)])),
  };
}

function publicText(signing: KeyObject): string {
  return createPublicKey(signing).export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
}

function versionOf(key: Key, version: number): Version {
  const found = key.versions[version - 1];
  if (found === undefined) throw new Error(`no version ${version}`);
  return found;
}

function bytes(value: unknown): Buffer {
  return Buffer.from(typeof value === 'string' ? value : '', 'base64');
}
