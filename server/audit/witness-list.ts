import * as z from 'zod';
import { cosignatureVerifier } from './tlog/cosignature.ts';
import { parseVkey } from './tlog/vkey.ts';
import type { Witness } from './witnesses.ts';

const MAX_WITNESSES = 16;

const witness = z
  .strictObject({ name: z.string().min(1).max(120), url: z.url({ protocol: /^https?$/ }), vkey: z.string() })
  .transform(({ name, url, vkey }): Witness => {
    const key = parseVkey(vkey);
    // Another type of key would only show when the first cosignature is asked for.
    cosignatureVerifier(key);
    return { name, url: url.replace(/\/+$/, ''), key };
  });

const list = z
  .array(witness)
  .max(MAX_WITNESSES)
  .refine(
    (all) => new Set(all.map(({ name }) => name)).size === all.length,
    'hai bên chứng kiến trùng tên / two witnesses share a name',
  )
  .refine(
    (all) => new Set(all.map(({ key }) => key.publicKey.toString('hex'))).size === all.length,
    'hai bên chứng kiến dùng chung một khóa / two witnesses share a key',
  );

/**
 * Reads the text of `witnesses.json`: `[{ "name", "url", "vkey" }]`, names for people, vkeys as `npm run witness` prints them.
 * Throws ZodError, TlogError or SyntaxError for what cannot be meant: a witness listed twice would make a quorum by itself.
 */
export function parseWitnesses(text: string): Witness[] {
  return list.parse(JSON.parse(text));
}
