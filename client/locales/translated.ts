/**
 * The shape a translation must have: every key of the Vietnamese source. Vietnamese has one plural form, so a key
 * ending in `_other` asks the translation for `_one` as well.
 */
export type Translated<Words> = {
  readonly [Key in keyof Words]: Words[Key] extends string ? string : Translated<Words[Key]>;
} & { readonly [Key in keyof Words as Key extends `${infer Base}_other` ? `${Base}_one` : never]: string };
