/** What the database already knows and answers are checked against. */
export type Known = {
  kinds: ReadonlyMap<string, string>;
  sectors: ReadonlyMap<string, string>;
  /** Service → sector. */
  services: ReadonlyMap<string, string>;
  /** Areas valid today: code → name. */
  areas: ReadonlyMap<string, string>;
};

export type Answers = Readonly<Partial<Record<QuestionKey, string>>>;
type Words = { vi: string; en: string };

export type Question = {
  key: QuestionKey;
  /** `--agency-kind`, without the dashes. */
  flag: string;
  vi: string;
  en: string;
  /** Left out, this is meant. */
  fallback?: (answers: Answers, known: Known) => string;
  /** Asked only then; otherwise an answer is not looked at. */
  isNeeded?: (answers: Answers, known: Known) => boolean;
  /** What may be answered, for lists of codes. */
  choices?: (known: Known) => ReadonlyMap<string, string>;
  check: (value: string, given: { answers: Answers; known: Known }) => Words | null;
};

export type QuestionKey =
  | 'operatorUsername'
  | 'operatorName'
  | 'agencyNameVi'
  | 'agencyNameEn'
  | 'agencyKind'
  | 'agencySectors'
  | 'agencyServices'
  | 'areaCode'
  | 'areaName'
  | 'areaParent'
  | 'areaParentName'
  | 'responsibleHead'
  | 'deskPhone'
  | 'deskHours'
  | 'adminUsername'
  | 'adminName';

const LONGEST = 120;
export const nothing = (): string => '';

export function text(value: string): Words | null {
  if (value === '') return { vi: 'không được để trống', en: 'must not be empty' };
  if (value.length > LONGEST || /[\u0000-\u001f\u007f]/u.test(value))
    return {
      vi: `nhiều nhất ${LONGEST} ký tự, không có ký tự điều khiển`,
      en: `at most ${LONGEST} characters, no control characters`,
    };
  return null;
}

export function optionalText(value: string): Words | null {
  return value === '' ? null : text(value);
}

export function username(value: string, { answers }: { answers: Answers }): Words | null {
  if (!/^[a-z0-9][a-z0-9._-]{2,39}$/.test(value))
    return {
      vi: '3–40 ký tự: chữ thường a–z, chữ số, dấu chấm, gạch',
      en: '3 to 40 of: a–z, digits, dot, dash, underscore',
    };
  return answers.operatorUsername === answers.adminUsername && answers.adminUsername !== undefined
    ? { vi: 'hai người phải có tên đăng nhập khác nhau', en: 'the two people need different user names' }
    : null;
}

export function codesAmong(known: ReadonlyMap<string, string>, value: string): Words | null {
  const unknown = listOf(value).filter((code) => !known.has(code));
  const choice = [...known.keys()].join(', ');
  return unknown.length === 0 && listOf(value).length > 0
    ? null
    : {
        vi: `mã không có trong danh mục: ${unknown.join(', ')} (có: ${choice})`,
        en: `not in the list of codes: ${unknown.join(', ')} (there are: ${choice})`,
      };
}

/** Codes separated by commas or spaces. */
export function listOf(value: string): string[] {
  return [...new Set(value.split(/[\s,]+/).filter((part) => part !== ''))];
}

export const isNewArea = ({ areaCode = '' }: Answers, { areas }: Known): boolean => !areas.has(areaCode);
export const isNewParent = ({ areaParent = '', ...answers }: Answers, known: Known): boolean =>
  isNewArea(answers, known) && areaParent !== '' && !known.areas.has(areaParent);

export function areaCode(value: string): Words | null {
  return /^\d{2,10}$/.test(value) ? null : { vi: '2–10 chữ số', en: '2 to 10 digits' };
}

/** Codes of provinces and cities have two digits, those of communes five; only the former stand alone. */
const PROVINCE_DIGITS = 2;

export function parentCode(value: string, { answers }: { answers: Answers }): Words | null {
  if (value !== '') return areaCode(value);
  return (answers.areaCode ?? '').length <= PROVINCE_DIGITS
    ? null
    : { vi: 'xã, phường cần mã tỉnh, thành phố', en: 'a commune or ward needs the code of its province or city' };
}

export function servicesOf({ agencySectors = '' }: Answers, { services }: Known): Map<string, string> {
  const sectors = listOf(agencySectors);
  return new Map([...services].filter(([, sector]) => sectors.includes(sector)));
}
