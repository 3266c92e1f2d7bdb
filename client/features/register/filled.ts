/** `{ [name]: value }` for what was filled in, nothing for what was left empty: the contract knows no empty answers. */
export function filled<Name extends string>(name: Name, value: string): Partial<Record<Name, string>> {
  const trimmed = value.trim().normalize('NFC');
  return (trimmed === '' ? {} : { [name]: trimmed }) as Partial<Record<Name, string>>;
}
