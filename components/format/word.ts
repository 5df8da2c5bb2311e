/** What next-intl gives for a namespace, as far as it is needed here. */
export type Words = { (key: string): string; has(key: string): boolean; raw(key: string): unknown };

/**
 * The catalogue's word for what an address, a person or a provider wrote. Undefined when it has none: neither what every
 * object has (`constructor`) nor the name of a whole group is a word, although `has` finds them.
 */
export function wordFor(words: Words, key: string): string | undefined {
  return words.has(key) && typeof words.raw(key) === "string" ? words(key) : undefined;
}
