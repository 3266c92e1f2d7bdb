/** Why a command cannot do its work; the message is for whoever typed it, first in Vietnamese, then in English. */
export class CommandError extends Error {
  constructor(vi: string, en: string) {
    super(`${vi}\n${en}`);
    this.name = 'CommandError';
  }
}
