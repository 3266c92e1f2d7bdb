import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export type Reply = { status: number; head: string; body: Buffer };

export type HttpRequest = {
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
  /** Makes a repeated create answer with what it made. */
  idempotencyKey?: string;
};

/** One keep-alive connection with its own session cookie: one request at a time, as cheap for this process as can be. */
export type HttpSession = {
  call(request: HttpRequest): Promise<Reply>;
  close(): void;
};

const END_OF_HEAD = Buffer.from('\r\n\r\n');
/** The server closes a connection that was idle for five seconds; bare SQL may take longer than that in between. */
const LONGEST_PAUSE_MS = 4_000;

export async function openHttpSession(port: number): Promise<HttpSession> {
  let line = await openLine(port);
  let usedAtMs = performance.now();
  let cookie = '';
  return {
    async call({ method, path, body, idempotencyKey }) {
      if (performance.now() - usedAtMs > LONGEST_PAUSE_MS) {
        line.socket.destroy();
        line = await openLine(port);
      }
      const content = body === undefined ? '' : JSON.stringify(body);
      const length = Buffer.byteLength(content);
      const described = `content-type: application/json\r\ncontent-length: ${length}\r\n`;
      const key = idempotencyKey === undefined ? '' : `idempotency-key: ${idempotencyKey}\r\n`;
      const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${cookie}${key}`;
      line.socket.write(body === undefined ? `${head}\r\n` : `${head}${described}\r\n${content}`);
      const reply = await line.read();
      usedAtMs = performance.now();
      const given = /^set-cookie: ([^;]*)/im.exec(reply.head)?.[1];
      if (given !== undefined) cookie = `cookie: ${given}\r\n`;
      return reply;
    },
    close: () => line.socket.destroy(),
  };
}

type Line = { socket: Socket; read: () => Promise<Reply> };

async function openLine(port: number): Promise<Line> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return { socket, read: reader(socket) };
}

/** The next reply that arrives; every reply of the server bears its length. */
function reader(socket: Socket): () => Promise<Reply> {
  let pending: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | undefined;
  let received: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const reply = replyIn(received);
    if (reply === undefined) return;
    received = Buffer.alloc(0);
    pending?.resolve(reply);
  });
  const fail = (error: Error): void => pending?.reject(error);
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the server closed the connection')));
  return () =>
    new Promise((resolve, reject) => {
      pending = { resolve, reject };
      if (socket.destroyed) fail(new Error('the connection was closed'));
    });
}

function replyIn(bytes: Buffer): Reply | undefined {
  const end = bytes.indexOf(END_OF_HEAD);
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
  const start = end + END_OF_HEAD.length;
  if (bytes.length < start + length) return undefined;
  return { status: Number(head.slice(9, 12)), head, body: bytes.subarray(start, start + length) };
}
