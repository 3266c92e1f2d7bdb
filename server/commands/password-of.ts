import { text } from 'node:stream/consumers';
import { openTerminal } from './terminal.ts';

/** A person's password: typed unseen at the terminal, or the first line of standard input. */
export async function passwordOf(username: string): Promise<string> {
  const terminal = openTerminal();
  if (terminal === null) return (await text(process.stdin)).split('\n')[0] ?? '';
  try {
    return await terminal.askHidden(`Mật khẩu của ${username} / Password of ${username}`);
  } finally {
    terminal.close();
  }
}
