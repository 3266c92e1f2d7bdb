import { hash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { TrustedLog } from '../tlog/checkpoint.ts';
import { MAX_REQUEST_BYTES } from '../tlog/witness-request.ts';
import type { Answer, OpenWitness } from './open-witness.ts';

type Reply = { status: number; body: string; type?: string; allow?: string };

/** What the server tells whoever runs it. */
export type WitnessVoice = {
  /** A log has signed two trees of one size. */
  onFork(evidence: string | null): void;
  /** The record could not be written: the process must end, and read it anew when it starts again. */
  onFailure(error: unknown): void;
};

const TEXT = 'text/plain; charset=utf-8';
const ADD_CHECKPOINT = '/add-checkpoint';
const LATEST = /^\/([0-9a-f]{64})\/checkpoint$/;
const REQUEST_MS = 10_000;
const MAX_CONNECTIONS = 64;

/** The HTTP side of a witness (C2SP tlog-witness): `POST /add-checkpoint` and `GET /<SHA-256 of the origin>/checkpoint`. */
export function witnessServer(
  witness: OpenWitness,
  { logs, voice }: { logs: readonly TrustedLog[]; voice: WitnessVoice },
): Server {
  const origins = new Map(logs.map(({ origin }) => [hash('sha256', origin), origin]));
  const latestReply = (originHash: string): Reply => latest(witness.latestNote(origins.get(originHash) ?? ''));
  const server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS }, (request, response) => {
    const place = placeOf(request);
    if (place.kind === 'add') void addCheckpoint(request, { witness, voice }).then((reply) => send(response, reply));
    else send(response, place.kind === 'latest' ? latestReply(place.originHash) : place.reply);
  });
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}

type Place = { kind: 'add' } | { kind: 'latest'; originHash: string } | { kind: 'none'; reply: Reply };

function placeOf(request: IncomingMessage): Place {
  const path = request.url?.replace(/\?.*$/, '');
  const originHash = LATEST.exec(path ?? '')?.[1];
  if (originHash !== undefined) return onlyBy('GET', request, { kind: 'latest', originHash });
  if (path === ADD_CHECKPOINT) return onlyBy('POST', request, { kind: 'add' });
  return { kind: 'none', reply: { status: 404, body: '' } };
}

function onlyBy(allow: string, { method }: IncomingMessage, place: Place): Place {
  return method === allow ? place : { kind: 'none', reply: { status: 405, body: '', allow } };
}

/** Never rejects. */
async function addCheckpoint(
  request: IncomingMessage,
  { witness, voice }: { witness: OpenWitness; voice: WitnessVoice },
): Promise<Reply> {
  const body = await bodyOf(request);
  if (body === null) return { status: 413, body: '' };
  try {
    return replyOf(await witness.addCheckpoint(body), voice);
  } catch (error) {
    voice.onFailure(error);
    return { status: 500, body: '' };
  }
}

function latest(note: string | undefined): Reply {
  return note === undefined ? { status: 404, body: '' } : { status: 200, body: note };
}

function replyOf(answer: Answer, voice: WitnessVoice): Reply {
  switch (answer.kind) {
    case 'cosigned':
      return { status: 200, body: answer.line };
    case 'conflict':
      return { status: 409, body: `${answer.size}\n`, type: 'text/x.tlog.size' };
    case 'forked':
      voice.onFork(answer.evidence);
      return { status: 422, body: '' };
    case 'refused':
      return { status: answer.status, body: '' };
  }
}

/** Null when it is longer than any request, or was broken off. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_REQUEST_BYTES) return null;
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // Not destroyed on return: the connection has to carry the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > MAX_REQUEST_BYTES) return null;
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, body, type = TEXT, allow }: Reply): void {
  response.statusCode = status;
  response.setHeader('Content-Type', type);
  response.setHeader('Cache-Control', 'no-store');
  if (allow !== undefined) response.setHeader('Allow', allow);
  // What was not read of an over-long body would be taken for the next request.
  if (status === 413) response.setHeader('Connection', 'close');
  response.end(body);
}

/** Listens; the address as `host:port`. Throws the system's error when it cannot. */
export async function listening(server: Server, at: { host: string; port: number }): Promise<string> {
  server.listen(at.port, at.host);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? `${at.host}:${address.port}` : at.host;
}
