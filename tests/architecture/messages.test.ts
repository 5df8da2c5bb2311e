import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import type { Copy } from "@/i18n/catalogue";
import { languages } from "@/i18n/locales";
import { REJECT_REASONS } from "@/lib/wearables/reject-reasons";
import { argumentsOf } from "../support/message-arguments";

const codes = languages().map(({ code }) => code);
const translations = codes.filter((code) => code !== "en");

const read = (language: string, file: string): Copy =>
  JSON.parse(readFileSync(join("messages", language, file), "utf8"));

function messagesOf(copy: Copy, path = ""): [key: string, message: string][] {
  return Object.entries(copy).flatMap(([key, value]) =>
    typeof value === "string" ? [[path + key, value] as const] : messagesOf(value, `${path}${key}.`),
  ) as [string, string][];
}

const filesOf = (language: string) => readdirSync(join("messages", language));
const keysOf = (copy: Copy) => messagesOf(copy).map(([key]) => key);

test("Finnish says everything that English says", () => {
  expect(filesOf("fi")).toEqual(filesOf("en"));
  for (const file of filesOf("en"))
    expect(keysOf(read("fi", file)).sort(), file).toEqual(keysOf(read("en", file)).sort());
});

test.each(translations)(
  "%s says nothing that English does not know, with the same values in it",
  (language) => {
    for (const file of filesOf(language)) {
      const english = new Map(messagesOf(read("en", file)));
      for (const [key, message] of messagesOf(read(language, file))) {
        const original = english.get(key);
        expect(original, `${file}: ${key}`).toBeDefined();
        expect(argumentsOf(message), `${file}: ${key}`).toEqual(argumentsOf(original ?? ""));
      }
    }
  },
);

test.each(codes)("every message of %s is well formed", (language) => {
  for (const file of filesOf(language)) {
    const messages = read(language, file);
    const problems: string[] = [];
    const t = createTranslator({
      locale: language,
      messages,
      onError: (error) => {
        if (error.code === "INVALID_MESSAGE") problems.push(error.message);
      },
    });
    for (const key of keysOf(messages)) t(key as never);
    expect(problems, file).toEqual([]);
  }
});

test.each(codes)("%s says why a value was set aside, whatever the reason", (language) => {
  const { reason } = read(language, "connections.json") as { reason: Copy };
  expect(Object.keys(reason)).toEqual([...REJECT_REASONS]);
});

test.each(["en", "fi"])("%s states no rate by chance of its own: the figures come as values", (language) => {
  const rate =
    /\d+(?:[.,]\d+)?\s?(?:%|of 100|days in 100|\/100)(?= (?:of )?(?:athlete-days|urheilijapäiv))|\d+ (?:days in 100|urheilijapäivää|päivänä (?:sadasta|100:sta))/;
  const messages = new Map(
    ["squad.json", "me.json", "alerts.json", "heatmap.json"].flatMap((file) =>
      messagesOf(read(language, file)),
    ),
  );
  expect([...messages].filter(([, message]) => rate.test(message)).map(([key]) => key)).toEqual([]);
  for (const preset of ["brief", "balanced", "quiet"])
    expect(messages.get(`squads.preset.${preset}.text`)).toContain("{range} %");
  expect(messages.get("how.chance.text")).toMatch(/\{from\}.*\{to\}/);
});
