/** What takes longer than a second says so: one line that is rewritten on a terminal, plain lines elsewhere. */
export type Progress = {
  step(text: string): void;
  /** A bar for countable work. */
  count(text: string, done: number, total: number): void;
};

const WIDTH = 24;
let lastPercent = -1;

export const progress: Progress = {
  step: (text) => write(`… ${text}`, true),
  count(text, done, total) {
    const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
    const isDone = done >= total;
    if (!process.stdout.isTTY && !isDone && percent - lastPercent < 20 && percent >= lastPercent) return;
    lastPercent = isDone ? -1 : percent;
    const filled = Math.round((percent / 100) * WIDTH);
    write(
      `… ${text} [${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${done}/${total}`,
      isDone || !process.stdout.isTTY,
    );
  },
};

function write(text: string, isWhole: boolean): void {
  process.stdout.write(process.stdout.isTTY ? `\r\u001B[2K${text}${isWhole ? '\n' : ''}` : `${text}\n`);
}
