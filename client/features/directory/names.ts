/** Anything the directory names in both languages. */
export type Named = { nameVi: string; nameEn: string };

/** The name in the language of the screen (a BCP 47 tag). */
export function nameIn(language: string, named: Named): string {
  return language === 'en' ? named.nameEn : named.nameVi;
}
