import { type Words, wordFor } from "./word";

/** A sport in the reader's language; one that the catalogue does not know as its own name, readable. */
export function sportName(words: Words, sport: string): string {
  const word = wordFor(words, sport);
  if (word) return word;
  const plain = sport.replaceAll("-", " ");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
