type SportWords = { (key: string): string; has(key: string): boolean };

/** A sport in the reader's language; one that the catalogue does not know as its own name, readable. */
export function sportName(words: SportWords, sport: string): string {
  if (words.has(sport)) return words(sport);
  const plain = sport.replaceAll("-", " ");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
