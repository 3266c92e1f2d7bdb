import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { cosign, cosignatureKeyOf } from '../../../server/audit/tlog/cosignature.ts';
import { parseNote, signatureLine } from '../../../server/audit/tlog/note.ts';
import { parseAddCheckpoint } from '../../../server/audit/tlog/witness-request.ts';
import type { Witness } from '../../../server/audit/witnesses.ts';

/** A server that says it is a witness and does something else: part of the outside world, not of ours. */
export type StandIn = {
  witness: Witness;
  requests: string[];
  close(): Promise<void>;
};

export type Hands = {
  request: IncomingMessage;
  response: ServerResponse;
  body: string;
  /** The text of the checkpoint that came. */
  text: string;
  /** A signature line of its own key over whatever. */
  line: (text: string, at: number) => string;
};

export async function aStandIn(name: string, act: (hands: Hands) => void | Promise<void>): Promise<StandIn> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const requests: string[] = [];
  const server = createServer((request, response) => {
    void request.toArray().then(async (chunks: Buffer[]) => {
      const body = Buffer.concat(chunks).toString('utf8');
      requests.push(body);
      const { text } = parseNote(Buffer.from(parseAddCheckpoint(Buffer.from(body)).checkpoint));
      const line = (over: string, at: number): string => signatureLine(cosign(over, { name, privateKey, at }));
      await act({ request, response, body, text, line });
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    witness: { name, url: `http://127.0.0.1:${port}`, key: cosignatureKeyOf(name, privateKey) },
    requests,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
