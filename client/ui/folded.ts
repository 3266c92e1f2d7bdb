/** Text as it is compared when marks and case do not matter: "Thọ Quang" and "tho quang" are the same. For agencies, places and colleagues only. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[đĐ]/g, 'd')
    .toLowerCase()
    .trim()
    .replaceAll(/\s+/g, ' ');
}

/** Whether every word that was typed begins a word of the text. */
export function matches(text: string, typed: string): boolean {
  const words = folded(text).split(/[^\p{L}\p{N}]+/u);
  return folded(typed)
    .split(' ')
    .every((part) => words.some((word) => word.startsWith(part)));
}
