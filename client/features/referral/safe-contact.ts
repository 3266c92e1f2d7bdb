export type SafeContact = {
  /** Full sentences, to be read before any number is shown. */
  rules: string[];
  phone: string | null;
};

/** The sentences, in the language of the screen. */
export type SafeNames = {
  method: (code: string) => string;
  methods: (methods: string) => string;
  none: string;
  times: (times: string) => string;
  noMessage: string;
  message: string;
  codeWord: (word: string) => string;
};

/** How she can be reached without harm, read defensively from a value of the field `safe_contact`. */
export function safeContactOf(value: unknown, names: SafeNames): SafeContact {
  const given = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const times = textOf(given['safeTimes']);
  const word = textOf(given['codeWord']);
  return {
    rules: [
      ...methodRules(given['methods'], names),
      ...(times === '' ? [] : [names.times(times.replace(/\.+$/, ''))]),
      // Silence about messages is no permission.
      given['mayLeaveMessage'] === true ? names.message : names.noMessage,
      ...(word === '' ? [] : [names.codeWord(word)]),
    ],
    phone: textOf(given['phone']) || null,
  };
}

function methodRules(methods: unknown, names: SafeNames): string[] {
  const codes = Array.isArray(methods) ? methods.filter((code): code is string => typeof code === 'string') : [];
  if (codes.includes('NONE')) return [names.none];
  return codes.length === 0 ? [] : [names.methods(codes.map((code) => names.method(code)).join('; '))];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
