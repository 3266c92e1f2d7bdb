import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandError } from './command-error.ts';

/** A conversation with the person at the keyboard. */
export type Terminal = {
  ask(question: string): Promise<string>;
  /** Nothing of what is typed appears on the screen. */
  askHidden(question: string): Promise<string>;
  close(): void;
};

/** Null where nobody sits: input or output is a pipe or a file. */
export function openTerminal(): Terminal | null {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return null;
  let isHidden = false;
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!isHidden) process.stdout.write(chunk);
      done();
    },
  });
  const reader = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 });
  const given = new AbortController();
  reader.once('close', () => given.abort());
  const put = (question: string): Promise<string> =>
    reader.question(question, { signal: given.signal }).catch(() => {
      throw new CommandError('Đã dừng; chưa ghi gì.', 'Stopped; nothing was written.');
    });
  return {
    ask: (question) => put(`${question}\n> `),
    async askHidden(question) {
      process.stdout.write(`${question}\n> `);
      isHidden = true;
      try {
        return await put('');
      } finally {
        isHidden = false;
        process.stdout.write('\n');
      }
    },
    close: () => reader.close(),
  };
}
