import { readFile } from 'node:fs/promises';
import { secret, type Secret } from '../kernel/secret.ts';
import { CommandError } from './command-error.ts';
import type { Terminal } from './terminal.ts';

type Question = { terminal: Terminal | null; file: string | undefined; vi: string; en: string };

/** A passphrase from a file, or typed unseen; neither is ever printed. @throws CommandError when there is neither */
export async function passphraseOf({ terminal, file, vi, en }: Question): Promise<Secret<string>> {
  if (file !== undefined) return secret((await readText(file)).trim());
  return secret((await requireTerminal(terminal).askHidden(`${vi} / ${en}`)).trim());
}

/** A new one: typed twice. @throws CommandError when the two entries differ */
export async function newPassphraseOf(question: Question): Promise<Secret<string>> {
  const { terminal, file } = question;
  if (file !== undefined) return passphraseOf(question);
  const first = (await requireTerminal(terminal).askHidden(`${question.vi} / ${question.en}`)).trim();
  if (first !== (await requireTerminal(terminal).askHidden('Nhập lại / Once more')).trim())
    throw new CommandError('Hai lần nhập không giống nhau.', 'The two entries differ.');
  return secret(first);
}

function requireTerminal(terminal: Terminal | null): Terminal {
  if (terminal === null)
    throw new CommandError(
      'Không có bàn phím: hãy cho biết tệp chứa cụm mật khẩu.',
      'There is no keyboard: name a file that holds the passphrase.',
    );
  return terminal;
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new CommandError(`${file}: không đọc được.`, `${file}: cannot be read.`);
  });
}
