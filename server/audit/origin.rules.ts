/** A log that had to be begun anew gets the old one's name with a number behind it. */
export function nextOrigin(settled: string | null, wanted: string | undefined): string | null {
  if (wanted !== undefined) return wanted === settled ? null : wanted;
  if (settled === null) return null;
  const [, base = settled, number = '1'] = /^(.+)\/(\d{1,4})$/.exec(settled) ?? [];
  return `${base}/${Number(number) + 1}`;
}
