import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { refusal, transitEngine, type Said, type TransitEngine } from './transit-engine.ts';

/** What `deploy/transit-policy.hcl` allows, so that the policy we ship is the one that is tested. */
const POLICY = new Map(
  [
    ...readFileSync(new URL('../../deploy/transit-policy.hcl', import.meta.url), 'utf8').matchAll(
      /^path "([^"]+)" \{ capabilities = \["(\w+)"\] \}$/gm,
    ),
  ].map(([, path = '', capability = '']) => [path, capability]),
);

export type Mood = 'serves' | 'sealed' | 'standby' | 'hangs' | 'drops' | 'redirects' | 'babbles';
type Token = { seconds: number; isRoot: boolean };

/** A loopback stand-in for Vault or OpenBao, see `transit-engine.ts`. One mount `transit`, AppRole at `approle`. */
export type TransitServer = {
  url: string;
  engine: TransitEngine;
  mood: Mood;
  /** `POST transit/decrypt/hien-wrap`, in order. */
  asked: string[];
  newToken(options?: Partial<Token>): string;
  /** From now on no token that was handed out is taken. */
  expireAll(): void;
  role: { roleId: string; secretId: string; leaseSeconds: number };
  namespace: string | undefined;
  close(): Promise<void>;
};

type Asked = { method: string; path: string; token: string; namespace: string | undefined; body: object };

export async function startTransit(): Promise<TransitServer> {
  const engine = transitEngine();
  engine.create('hien-wrap', 'aes256-gcm96');
  engine.create('hien-vouch', 'ed25519');
  engine.create('hien-root', 'hmac');
  const tokens = new Map<string, Token>();
  const server = createServer((request, response) => void serve(state, tokens, { request, response }));
  const state: TransitServer = {
    url: '',
    engine,
    mood: 'serves',
    asked: [],
    newToken: (options = {}) => {
      const token = `s.${randomBytes(12).toString('hex')}`;
      tokens.set(token, { seconds: 0, isRoot: false, ...options });
      return token;
    },
    expireAll: () => tokens.clear(),
    role: { roleId: 'role-1', secretId: randomBytes(8).toString('hex'), leaseSeconds: 3_600 },
    namespace: undefined,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  state.url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return state;
}

type Exchange = { request: IncomingMessage; response: ServerResponse };

async function serve(state: TransitServer, tokens: Map<string, Token>, { request, response }: Exchange): Promise<void> {
  const asked = await readAsked(request);
  state.asked.push(`${asked.method} ${asked.path}`);
  if (state.mood === 'hangs') return;
  if (state.mood === 'drops') return void request.socket.destroy();
  if (state.mood === 'redirects')
    return void response.writeHead(307, { location: `http://localhost:1/v1/${asked.path}` }).end();
  if (state.mood === 'babbles') return void response.writeHead(200).end('<html>');
  const { status, json } = answer(state, tokens, asked);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
}

async function readAsked(request: IncomingMessage): Promise<Asked> {
  const sent = await text(request);
  const header = (name: string): string | undefined => request.headers[name]?.toString();
  return {
    method: request.method ?? '',
    path: (request.url ?? '').replace(/^\/v1\//, ''),
    token: header('x-vault-token') ?? '',
    namespace: header('x-vault-namespace'),
    body: sent === '' ? {} : (JSON.parse(sent) as object),
  };
}

function answer(state: TransitServer, tokens: Map<string, Token>, asked: Asked): Said {
  if (state.mood === 'sealed') return refusal(503, 'Vault is sealed');
  if (state.mood === 'standby') return refusal(429);
  if (asked.namespace !== state.namespace) return refusal(404, `no handler for route "${asked.path}"`);
  if (asked.path === 'auth/approle/login') return loggedIn(state, asked.body);
  const token = tokens.get(asked.token);
  if (token === undefined) return refusal(403, 'permission denied');
  if (!isAllowed(state, token, asked)) return refusal(403, '1 error occurred:\n\t* permission denied\n\n');
  return routed(state, token, asked);
}

function routed(state: TransitServer, { seconds }: Token, { path, token, body }: Asked): Said {
  if (path === 'auth/token/lookup-self')
    return { status: 200, json: { data: { ttl: seconds, renewable: seconds > 0 } } };
  if (path === 'auth/token/renew-self') return auth(token, seconds);
  if (!path.startsWith('transit/')) return refusal(404, `no handler for route "${path}"`);
  return state.engine.answer(path.slice('transit/'.length), body as Record<string, unknown>);
}

function isAllowed(state: TransitServer, token: Token, { method, path }: Asked): boolean {
  if (token.isRoot) return true;
  const [mount, operation, key = ''] = path.split('/');
  // Writing to what does not exist needs "create".
  const needed = method === 'GET' ? 'read' : 'update';
  const exists = mount !== 'transit' || operation !== 'encrypt' || state.engine.has(key);
  return exists && POLICY.get(path) === needed;
}

function loggedIn(state: TransitServer, body: object): Said {
  const { roleId, secretId, leaseSeconds } = state.role;
  const isKnown = 'role_id' in body && 'secret_id' in body && body.role_id === roleId && body.secret_id === secretId;
  if (!isKnown) return refusal(400, 'invalid role or secret ID');
  return auth(state.newToken({ seconds: leaseSeconds }), leaseSeconds);
}

function auth(token: string, seconds: number): Said {
  return { status: 200, json: { auth: { client_token: token, lease_duration: seconds, renewable: true } } };
}
