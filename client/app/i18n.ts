import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from '../locales/en.ts';
import { firstWords, vi, type Room, type Words } from '../locales/vi.ts';

declare module 'i18next' {
  // Declaration merging is the only way i18next learns the keys.
  interface CustomTypeOptions {
    defaultNS: 'shell';
    resources: Words;
  }
}

export type Language = 'vi' | 'en';

const dictionaries = { vi, en };

/** Vietnamese at once, English when asked for. The choice lives in memory: nothing is left on a shared computer. */
export async function createI18n(): Promise<i18n> {
  const instance = i18next.createInstance();
  instance.use(initReactI18next).use({
    type: 'backend',
    init: () => undefined,
    read: (language: string, room: string) => readWords(language, room),
  });
  await instance.init({
    lng: 'vi',
    fallbackLng: 'vi',
    supportedLngs: ['vi', 'en'],
    ns: Object.keys(firstWords),
    defaultNS: 'shell',
    resources: { vi: firstWords },
    partialBundledLanguages: true,
    // React escapes; escaping twice would show "&amp;" to people.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = instance.language;
  instance.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  return instance;
}

async function readWords(language: string, room: string): Promise<Record<string, unknown>> {
  const dictionary = dictionaries[language === 'en' ? 'en' : 'vi'];
  const { words } = await dictionary[room as Room]();
  return words;
}
