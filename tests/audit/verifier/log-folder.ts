import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { formatCheckpoint } from '../../../server/audit/tlog/checkpoint.ts';
import { cosign, cosignatureKeyOf } from '../../../server/audit/tlog/cosignature.ts';
import { encodeBundle } from '../../../server/audit/tlog/entry-bundle.ts';
import { leafHash, rootOfHashes } from '../../../server/audit/tlog/merkle.ts';
import { formatNote, signNote } from '../../../server/audit/tlog/note.ts';
import { bundlesFor, TILE_WIDTH, tilePath, tilesFor } from '../../../server/audit/tlog/tiles.ts';
import { ed25519BytesOf, formatVkey, SIGNATURE_TYPE } from '../../../server/audit/tlog/vkey.ts';
import type { Doubt } from '../../../server/audit/verifier/doubts.ts';
import { LOG, readVkey, WITNESS } from '../../../server/audit/verifier/note.ts';
import { verifyExport, type Order } from '../../../server/audit/verifier/verify.ts';

/** Who signs: a log and three witnesses; `vkeys` is what an auditor knows of them. */
export type Signers = { origin: string; log: KeyObject; witnesses: readonly { name: string; key: KeyObject }[] };

/** A file of an export by its path. */
export type Files = ReadonlyMap<string, Buffer>;

export function someSigners(origin = 'log.example/audit'): Signers {
  const key = (): KeyObject => generateKeyPairSync('ed25519').privateKey;
  const witnesses = ['a', 'b', 'c'].map((letter) => ({ name: `witness.example/${letter}`, key: key() }));
  return { origin, log: key(), witnesses };
}

export function vkeysOf({ origin, log, witnesses }: Signers): { log: string; witnesses: string[] } {
  return {
    log: formatVkey({ name: origin, type: SIGNATURE_TYPE.ed25519, publicKey: ed25519BytesOf(log) }),
    witnesses: witnesses.map(({ name, key }) => formatVkey(cosignatureKeyOf(name, key))),
  };
}

/** The signed head of these entries, with the lines of all witnesses. */
export function checkpointOf(signers: Signers, entries: readonly Buffer[]): Buffer {
  const root = rootOfHashes(entries.map(leafHash));
  const text = formatCheckpoint({ origin: signers.origin, size: entries.length, root, extensions: [] });
  const own = signNote(text, { name: signers.origin, privateKey: signers.log });
  const at = 1_795_000_000;
  const others = signers.witnesses.map(({ name, key }) => cosign(text, { name, privateKey: key, at }));
  return Buffer.from(formatNote({ text, signatures: [own, ...others] }));
}

/** Tiles and bundles of these entries, without anything signed. */
export function treeFiles(entries: readonly Buffer[]): Map<string, Buffer> {
  const levels = [entries.map(leafHash)];
  for (let below = levels[0] ?? []; below.length >= TILE_WIDTH; below = levels.at(-1) ?? [])
    levels.push(partsOf(below).map((part) => rootOfHashes(part)));
  const tiles = tilesFor(0, entries.length).map((tile) => {
    const start = tile.index * TILE_WIDTH;
    const hashes = levels[tile.level]?.slice(start, start + tile.width) ?? [];
    return [tilePath(tile), Buffer.concat(hashes)] as const;
  });
  const bundles = bundlesFor(0, entries.length).map((bundle) => {
    const start = bundle.index * TILE_WIDTH;
    return [tilePath(bundle), encodeBundle(entries.slice(start, start + bundle.width))] as const;
  });
  return new Map([...tiles, ...bundles]);
}

function partsOf(hashes: readonly Buffer[]): Buffer[][] {
  const count = Math.floor(hashes.length / TILE_WIDTH);
  return Array.from({ length: count }, (_, nth) => hashes.slice(nth * TILE_WIDTH, (nth + 1) * TILE_WIDTH));
}

/** A whole export of these entries. */
export function exportOf(signers: Signers, entries: readonly Buffer[]): Map<string, Buffer> {
  const size = entries.length;
  const [first, last] = size === 0 ? [null, null] : [0, size - 1];
  const claim = { first, from: null, last, origin: signers.origin, size, to: null };
  return treeFiles(entries)
    .set('checkpoint', checkpointOf(signers, entries))
    .set('export.json', Buffer.from(`${JSON.stringify(claim)}\n`));
}

export type OnDisk = {
  place: string;
  /** Makes the folder hold exactly these files. */ put(files: Files): void;
  remove(): void;
};

/** A folder that changes only where the files differ from those that were put before. */
export function aFolder(): OnDisk {
  const place = mkdtempSync(path.join(tmpdir(), 'hien-verifier-'));
  let there: Files = new Map();
  return {
    place,
    put(files) {
      for (const name of there.keys()) if (!files.has(name)) rmSync(path.join(place, name));
      for (const [name, bytes] of files) {
        if (there.get(name)?.equals(bytes) === true) continue;
        mkdirSync(path.dirname(path.join(place, name)), { recursive: true });
        writeFileSync(path.join(place, name), bytes);
      }
      there = new Map(files);
    },
    remove: () => rmSync(place, { recursive: true, force: true }),
  };
}

export type Asked = Partial<Pick<Order, 'quorum'>> & { known?: readonly Buffer[]; witnesses?: readonly string[] };

/** What the verifier finds in a folder, asked for all three witnesses unless told otherwise. */
export function verified(place: string, signers: Signers, asked: Asked = {}) {
  const vkeys = vkeysOf(signers);
  const witnesses = (asked.witnesses ?? vkeys.witnesses).map((vkey) => readVkey(vkey, WITNESS));
  const known = (asked.known ?? []).map((bytes, nth) => ({ name: `known ${nth}`, bytes }));
  const order = { place, log: readVkey(vkeys.log, LOG), witnesses, quorum: asked.quorum ?? witnesses.length, known };
  const heard: Doubt[] = [];
  const report = verifyExport(order, { onDoubt: (doubt) => heard.push(doubt), onEntries: () => {} });
  const codes = [...new Set(heard.map(({ code }) => code))].toSorted();
  return { ...report, codes, remarks: [...new Set(report.doubts.remarks.map(({ code }) => code))] };
}

/** The text of one signed note over the signatures of another. */
export function aForgery(text: Buffer, signatures: Buffer): Buffer {
  const [one, other] = [text, signatures].map((bytes) => bytes.toString('utf8').split('\n\n')) as [string[], string[]];
  return Buffer.from(`${one[0] ?? ''}\n\n${other[1] ?? ''}`);
}
