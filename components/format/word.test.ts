import { createTranslator } from "next-intl";
import { expect, it } from "vitest";
import { wordFor } from "./word";

const messages = { said: { saved: "Kept.", group: { inner: "Inside." } } };
const words = createTranslator({
  locale: "en",
  messages,
  namespace: "said",
  onError: (error) => {
    throw error;
  },
});

it.each([
  ["saved", "Kept."],
  ["group.inner", "Inside."],
  ["", undefined],
  ["nothing", undefined],
  ["group", undefined],
  ["saved.length", undefined],
  ["constructor", undefined],
  ["__proto__", undefined],
  ["toString", undefined],
])("%s is the word %s", (key, word) => {
  expect(wordFor(words as never, key)).toBe(word);
});
