import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectDoubts, type Doubt, type Span } from './doubts.ts';

export type Folder = ReturnType<typeof openFolder>;

/** An export on disk. What is not as it should be becomes a doubt; of what was never asked for nothing may be there. */
export function openFolder(place: string, onDoubt: (doubt: Doubt) => void) {
  const doubts = collectDoubts(onDoubt);
  const asked = new Set(['README.txt']);
  /** The bytes of a plain file of at least and at most so many bytes; else null. */
  function read(path: string, [least, most]: readonly [number, number], span?: Span): Buffer | null {
    asked.add(path);
    const stat = lstatSync(join(place, path), { throwIfNoEntry: false });
    if (stat?.isFile() !== true) doubts.add('MISSING_FILE', path, span);
    else if (stat.size < least) doubts.add('TOO_SHORT', path, span);
    else if (stat.size > most) doubts.add('EXTRA_BYTES', path, span);
    else return readFileSync(join(place, path));
    return null;
  }
  function findLeftovers(under = ''): void {
    for (const entry of readdirSync(join(place, under), { withFileTypes: true })) {
      const path = `${under}${entry.name}`;
      if (entry.isDirectory()) findLeftovers(`${path}/`);
      else if (!entry.isFile() || !asked.has(path)) doubts.add('LEFTOVER', path);
    }
  }
  return { doubts, read, findLeftovers };
}
