import type { TwoCopies } from './explanations.store.ts';
import { sealText, type LineKeys } from './sealed-words.ts';

type About = { id: string; askerAgencyId: string; staffAgencyId: string; part: 'question' | 'answer' };

/** One text for two readers, each copy under the key of one agency: neither needs the other's key. */
export async function sealTwice(keys: LineKeys, about: About, text: string): Promise<TwoCopies> {
  const { id, askerAgencyId, staffAgencyId, part } = about;
  const place = { table: 'explanation', rowId: id, part } as const;
  return {
    asker: await sealText(keys, { ...place, agencyId: askerAgencyId }, text),
    staff: await sealText(keys, { ...place, agencyId: staffAgencyId }, text),
  };
}
