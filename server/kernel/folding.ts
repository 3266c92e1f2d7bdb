/**
 * A name reduced to what people agree on when they hear it: no tone or vowel marks, `đ` as `d`, lower case, single
 * spaces; so `hoà`, `hòa` and `HOA` unite. Typographic apostrophes and hyphens (H’Hen, Ê‑ban) become the plain ones and
 * invisible format characters vanish. Idempotent. Stored indexes depend on it: a change means indexing anew.
 */
export function foldVietnamese(text: string): string {
  const bare = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replaceAll('đ', 'd');
  return singleSpaces(bare.replace(/[\u2018\u2019\u02bc\u0060\u00b4]/gu, "'").replace(/[\u2010-\u2015]/gu, '-'));
}

/** The same name written twice: NFC, lower case and single spaces, marks kept. Idempotent. */
export function sameSpelling(text: string): string {
  return singleSpaces(text.toLowerCase().normalize('NFC'));
}

/** Old eleven-digit mobile prefixes (without the leading zero) and what they became in 2018. */
const RENUMBERED_MOBILE: Readonly<Record<string, string>> = {
  '120': '70',
  '121': '79',
  '122': '77',
  '126': '76',
  '128': '78',
  '123': '83',
  '124': '84',
  '125': '85',
  '127': '81',
  '129': '82',
  '162': '32',
  '163': '33',
  '164': '34',
  '165': '35',
  '166': '36',
  '167': '37',
  '168': '38',
  '169': '39',
  '186': '56',
  '188': '58',
  '199': '59',
};

/**
 * A telephone number as E.164: Vietnamese ones as `+84…` with today's mobile prefixes, foreign ones only when written
 * with `+` or `00`. `null` for anything a person could not be called at (short codes, 1800/1900, wrong length).
 * Ten old digits or nine new ones without the leading zero are accepted: spreadsheets drop it.
 */
export function normalisePhone(raw: string): string | null {
  const compact = raw.normalize('NFKC').replace(/[\s.\-\u2010-\u2015()/\p{Cf}]/gu, '');
  if (!/^\+?\d{7,17}$/.test(compact)) return null;
  const international = internationalDigits(compact);
  if (international === null) return vietnamese(compact.replace(/^0/, ''));
  if (international.startsWith('84')) return vietnamese(international.slice(2).replace(/^0/, ''));
  return /^[1-9]\d{6,14}$/.test(international) ? `+${international}` : null;
}

/** A number of nine (chứng minh nhân dân) or twelve digits (căn cước); the two never stand for each other. */
export function normaliseIdentityNumber(raw: string): string | null {
  const digits = raw.normalize('NFKC').replace(/[\s.\-\u2010-\u2015\p{Cf}]/gu, '');
  return /^(\d{9}|\d{12})$/.test(digits) ? digits : null;
}

function internationalDigits(compact: string): string | null {
  if (compact.startsWith('+')) return compact.slice(1);
  if (compact.startsWith('00')) return compact.slice(2);
  // 84 and at least nine more digits: the country code typed without its plus sign; nine digits in all are 084….
  return /^84\d{9,10}$/.test(compact) ? compact : null;
}

function vietnamese(national: string): string | null {
  const renumbered = /^1\d{9}$/.test(national) ? RENUMBERED_MOBILE[national.slice(0, 3)] : undefined;
  const today = renumbered === undefined ? national : renumbered + national.slice(3);
  const isMobile = /^[35789]\d{8}$/.test(today);
  const isFixedLine = /^2\d{9}$/.test(today);
  return isMobile || isFixedLine ? `+84${today}` : null;
}

function singleSpaces(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
