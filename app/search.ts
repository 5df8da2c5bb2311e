import { z } from "zod";

/** What an address says behind its question mark, as Next hands it to a page; anybody can write anything there. */
export type Search = Promise<Record<string, string | string[] | undefined>>;

/** A name's value; the first one where an address has it twice. */
export const one = z
  .union([z.string(), z.array(z.string()).transform((values) => values[0])])
  .optional()
  .catch(undefined);

/** All values of a name. */
export const many = z
  .union([z.string().transform((value) => [value]), z.array(z.string())])
  .optional()
  .transform((values) => values ?? []);

/** One of a list's words; the first of them where the address has another or none. */
export const wordOf = <const Word extends string>(words: readonly [Word, ...Word[]]) =>
  one.transform((value): Word => words.find((word) => word === value) ?? words[0]);

/** One of a page's spans of days, else its usual one. */
export const daysOf = <const Days extends number>(spans: readonly Days[], usual: NoInfer<Days>) =>
  one.transform((value): Days => spans.find((span) => String(span) === value) ?? usual);

/** The page of a long list, from 1. */
export const pageNumber = one.transform((value) => z.coerce.number().int().min(1).catch(1).parse(value));

/** An address with what differs from the usual; an empty text is left out. */
export function addressOf(path: string, pairs: Record<string, string>): string {
  const query = new URLSearchParams(Object.entries(pairs).filter(([, value]) => value !== ""));
  return query.size > 0 ? `${path}?${query}` : path;
}
