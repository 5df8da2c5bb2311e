import { createTranslator } from "next-intl";
import { languageOf, loadMessages, localeOf } from "./locales";

/** A message by key, with its values; plain text. */
export type Say = (key: string, values?: Record<string, string | number>) => string;

/** The words of one namespace outside of a page: mails, and texts that are recorded as they were shown. */
export function sayIn(locale: string, namespace: string): Say {
  const language = languageOf(locale);
  const messages = loadMessages(language);
  return createTranslator({ locale: localeOf(language), messages, namespace }) as unknown as Say;
}
