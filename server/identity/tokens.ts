import { createHash, randomBytes } from 'node:crypto';
import { decodeProtectedHeader, exportJWK, jwtVerify, SignJWT } from 'jose';
import type { Custodian } from '../keys/index.ts';

export const TOKEN_SECONDS = 300;
const BEARER_BYTES = 32;
const ISSUER = 'hien';

/** A fresh bearer and the hash under which the database knows it. */
export function newBearer(): { bearer: Buffer; tokenHash: Buffer } {
  const bearer = randomBytes(BEARER_BYTES);
  return { bearer, tokenHash: createHash('sha256').update(bearer).digest() };
}

/** The session's public name in the log: it cannot be turned back into the bearer. */
export function sessionName(tokenHash: Buffer): Buffer {
  return createHash('sha256').update('hien-session').update(tokenHash).digest();
}

export type Tokens = {
  /** JWT (RFC 7519, EdDSA) whose `jti` is the bearer itself: it lives only as long as the session it came from. */
  issue(bearer: Buffer, staffId: string): Promise<string>;
  /** The bearer inside a valid token, or null. */
  read(token: string): Promise<Buffer | null>;
  keySet(): Promise<{ keys: Record<string, unknown>[] }>;
};

export function openTokens(custodian: Custodian): Tokens {
  return {
    issue: (bearer, staffId) => {
      // Asked each time: the key may be renewed while the system runs.
      const { keyId, privateKey } = custodian.tokenSigningKey();
      return new SignJWT({})
        .setProtectedHeader({ alg: 'EdDSA', kid: keyId, typ: 'JWT' })
        .setIssuer(ISSUER)
        .setSubject(staffId)
        .setJti(bearer.toString('base64url'))
        .setIssuedAt()
        .setExpirationTime(`${TOKEN_SECONDS}s`)
        .sign(privateKey);
    },
    async read(token) {
      try {
        const { kid } = decodeProtectedHeader(token);
        const key = custodian.tokenKeys().find(({ keyId }) => keyId === kid);
        if (key === undefined) return null;
        const { payload } = await jwtVerify(token, key.publicKey, { algorithms: ['EdDSA'], issuer: ISSUER });
        return bearerFrom(payload.jti);
      } catch {
        return null;
      }
    },
    keySet: async () => ({
      keys: await Promise.all(
        custodian.tokenKeys().map(async ({ keyId, publicKey }) => ({
          ...(await exportJWK(publicKey)),
          kid: keyId,
          alg: 'EdDSA',
          use: 'sig',
        })),
      ),
    }),
  };
}

/** 32 bytes in base64url, or null. */
export function bearerFrom(text: string | undefined): Buffer | null {
  if (text === undefined || !/^[A-Za-z0-9_-]{43}$/.test(text)) return null;
  return Buffer.from(text, 'base64url');
}
