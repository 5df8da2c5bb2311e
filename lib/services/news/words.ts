import { createTranslator } from "next-intl";
import { type Language, loadMessages, localeOf } from "@/i18n/locales";

type Say = (key: string, values?: Record<string, string | number>) => string;

/** The copy that a readiness mail is made of, in one language. */
export type NewsWords = { language: Language; locale: string; mail: Say; levels: Say };

/** The words of a language. */
export function newsWords(language: Language): NewsWords {
  const messages = loadMessages(language);
  const locale = localeOf(language);
  const area = (namespace: string) => createTranslator({ locale, messages, namespace }) as unknown as Say;
  return { language, locale, mail: area("mail"), levels: area("levels") };
}
