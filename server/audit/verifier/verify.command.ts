import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Span } from './doubts.ts';
import { LOG, readVkey, WITNESS } from './note.ts';
import { verifyExport, type Order } from './verify.ts';
import { USAGE, WORDS } from './words.ts';
// `npm run audit:verify` needs an export, keys that were got by another way, and nothing else: no network, no database,
// no other part of this system. It ends with 0 only when everything holds.

const TEXT = { type: 'string' as const };
const TEXTS = { ...TEXT, multiple: true as const, default: [] as string[] };
const FLAG = { type: 'boolean' as const };
const OPTIONS = { vkey: TEXT, witness: TEXTS, quorum: TEXT, known: TEXTS, archived: TEXTS, quiet: FLAG };

/** @throws Error when the folder, a key or a number is not what it has to be */
function readOrder(): Order & { quiet: boolean } {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const place = String(positionals[0]);
  const log = readVkey(String(values.vkey), LOG);
  const witnesses = values.witness.map((vkey) => readVkey(vkey, WITNESS));
  const quorum = Number(values.quorum ?? Math.min(2, witnesses.length));
  // One key under two names would count twice.
  const isDistinct = new Set([log, ...witnesses].map(({ raw }) => raw)).size === witnesses.length + 1;
  const isPossible = /^\d$/.test(`${quorum}`) && quorum <= witnesses.length;
  const spans = values.archived.map((text) => text.split('-').map(Number));
  const archived = spans.map(([from = NaN, last = NaN]) => ({ from, to: last + 1 }));
  const isRead = archived.every(({ from, to }, nth) => from < to && values.archived[nth] === `${from}-${to - 1}`);
  if (!isDistinct || !isPossible || !isRead || positionals.length !== 1 || !statSync(place).isDirectory())
    throw new Error('');
  const known = values.known.map((path) => ({ name: basename(path), bytes: readFileSync(path) }));
  return { place, log, witnesses, quorum, known, archived, quiet: values.quiet === true };
}

function main(order: Order & { quiet: boolean }): void {
  process.exitCode = 1;
  const { checkpoint, entries, cosigned, doubts } = verifyExport(order, {
    onDoubt: ({ code, detail, span }) => say(`✗ ${span === null ? '' : `[${range(span)}] `}${WORDS[code]} ${detail}`),
    onEntries: order.quiet ? () => {} : progress,
  });
  for (const { code, detail } of doubts.remarks)
    if (!order.quiet || code === 'ARCHIVED') say(`• ${WORDS[code]} ${detail}`);
  const first = doubts.first === null ? '–' : range(doubts.first);
  if (doubts.count > 0 || checkpoint === null)
    return say(`✗ Có nghi vấn / In doubt: ${doubts.count}. Mục sai đầu tiên / First bad index: ${first}`);
  say(`✓ Đúng / Everything holds. Mục đã kiểm / Entries verified: ${range(entries)}, cây / tree: ${checkpoint.size}`);
  say(`  ${checkpoint.origin}, gốc / root ${checkpoint.root.toString('base64')}`);
  say(`  Nhân chứng / Witnesses: ${cosigned.length} ${cosigned.join(', ')}`);
  process.exitCode = 0;
}

const range = ({ from, to }: Span): string => (to - from === 1 ? `${from}` : to === from ? '–' : `${from}…${to - 1}`);

let shown = 0;
function progress(done: number, total: number): void {
  const percent = Math.floor((done / total) * 100);
  if (percent < shown + (process.stdout.isTTY ? 1 : 20) && done < total) return;
  shown = percent;
  say(`… kiểm / verifying [${'#'.repeat(percent / 5).padEnd(20, '.')}] ${done}/${total}`, done < total);
}

/** One line; on a terminal a passing one is overwritten by the next. Names in an export must not steer the terminal. */
function say(text: string, isPassing = false): void {
  const plain = text.replaceAll(/[\p{C}\p{Z}]/gu, ' ').slice(0, 400);
  process.stdout.write(process.stdout.isTTY ? `\r\u001B[2K${plain}${isPassing ? '' : '\n'}` : `${plain}\n`);
}

process.exitCode = 2;
try {
  main(readOrder());
} catch (error) {
  say(`✗ ${error instanceof Error ? error.message : String(error)}`);
  if (process.exitCode === 2) process.stderr.write(`${USAGE}\n`);
}
