/** What the checks between events need of one. */
export type Summary = { id: string; session: string | null; seq: number; recordedMs: number };

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const ID = `(?:null|"${UUID}")`;
const CODE = '"[A-Za-z0-9_.:-]{1,80}"';
const CODES = `\\[(?:${CODE}(?:,${CODE})*)?\\]`;
const IDS = `\\[(?:"${UUID}"(?:,"${UUID}")*)?\\]`;
const AT = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z';

// Event v1: opaque ids, codes and names only. Its canonical JSON (RFC 8785) has fields in this order and no blanks, and
// nothing in it could be written in two ways: so one pattern is both its shape and its form, and no entry can carry words.
const EVENT = new RegExp(
  `^{"action":"[a-z_]+\\.[a-z_]+","actor":(?:null|"${UUID}"|"system:[a-z-]{1,60}"),"agency":${ID},"cases":${IDS},` +
    `"compartments":${CODES},"count":(?:null|0|[1-9]\\d{0,15}),(?:"demonstration":true,)?"fields":${CODES},"id":"(?<id>${UUID})",` +
    `"objectId":${ID},"objectKind":(?:null|${CODE}),"outcome":"(?:done|refused|failed)","owner":${ID},"policies":${CODES},` +
    `"purpose":(?:null|${CODE}),"reason":(?:null|${CODE}),"recorded":"(?<recorded>${AT})","request":"${UUID}","roles":${CODES},` +
    `"seq":(?:null,"session":null|(?<seq>[1-9]\\d{0,15}),"session":"(?<session>[0-9a-f]{64})"),"time":"${AT}","v":1}$`,
);

/** Reads an entry as event v1; null when its bytes are anything else. */
export function readEvent(bytes: Buffer): Summary | null {
  const found: Readonly<Record<string, string | undefined>> = EVENT.exec(bytes.toString('latin1'))?.groups ?? {};
  const { id, recorded = '', seq, session = null } = found;
  return id === undefined ? null : { id, session, seq: Number(seq), recordedMs: Date.parse(recorded) };
}
