import { expect, test } from "vitest";
import type { Copy } from "@/i18n/catalogue";
import { languages, loadMessages } from "@/i18n/locales";
import { sayIn } from "@/i18n/say";
import { STREAMS } from "@/lib/providers/polar/streams";
import { HISTORY_DAYS } from "./bounds";
import { askedStreams, composeConsent, plainConsent, textVersionOf } from "./text";

const subject = {
  coach: "Line Krogh",
  squad: "Fjordline",
  team: "Fjordline Endurance",
  athlete: "Signe Holm",
  invitedOn: "18 November 2026",
  members: "Line Krogh and Martin Adeyemi",
  streams: askedStreams([]),
  level: "shown" as const,
  occasion: { kind: "invitation" } as const,
};

const optional = STREAMS.filter((stream) => stream.choice === "optional").map(
  (stream) => stream.id as string,
);

test("what is shared and what is not are all the main streams, each once", async () => {
  const say = sayIn("en", "consent");
  for (const chosen of [[], optional.slice(0, 2), optional]) {
    const text = composeConsent(say, { ...subject, streams: askedStreams(chosen) });
    const main = STREAMS.filter((stream) => stream.partOf === null);
    const titles = main.map((stream) => say(`streams.${stream.consentKey}.title`));
    const named = [...text.shared.items.map((item) => item.title), ...text.notShared.items.slice(0, -1)];
    expect(named.toSorted()).toEqual(titles.toSorted());
    expect(text.shared.items).toHaveLength(main.length - optional.length + chosen.length);
  }
});

test("each line names the bound that is enforced, and what Polar offers within it", async () => {
  const { shared } = composeConsent(sayIn("en", "consent"), subject);
  expect(Object.fromEntries(shared.items.map((item) => [item.stream, item.history]))).toEqual({
    "nightly-recharge": "up to 90 days back; Polar offers about 28 nights",
    sleep: "up to 90 days back; Polar offers about 28 nights",
    "cardio-load": "up to 90 days back",
    exercises: "up to 90 days back; Polar offers what you record from now on",
    "physical-info": "the current values; changes up to 90 days back",
    activities: "up to 90 days back",
  });
});

test("no stream is asked for further back than the text allows at most", () => {
  for (const stream of STREAMS) expect(stream.history.days).toBeLessThanOrEqual(HISTORY_DAYS);
  const { note } = composeConsent(sayIn("en", "consent"), subject).shared;
  expect(note).toContain(`${HISTORY_DAYS} days before you agree`);
  expect(note).toContain("nothing from before the day you agree");
});

test("a squad that hides the level says so", async () => {
  const say = sayIn("en", "consent");
  const hidden = plainConsent(composeConsent(say, { ...subject, level: "hidden" }));
  expect(hidden).toContain("shown to the coaches only");
  expect(hidden).not.toContain("the same sentence as your coach");
});

test("every word counts for the version", async () => {
  const say = sayIn("en", "consent");
  const versions = [
    subject,
    { ...subject, members: "Line Krogh" },
    { ...subject, streams: askedStreams(["routes"]) },
  ];
  const all = versions.map((one) => textVersionOf(plainConsent(composeConsent(say, one))));
  expect(new Set(all).size).toBe(3);
  expect(textVersionOf(plainConsent(composeConsent(say, subject)))).toBe(all[0]);
});

test.each(languages().map(({ code }) => code))("the text is complete in %s", (language) => {
  const plain = plainConsent(composeConsent(sayIn(language, "consent"), subject));
  expect(plain).not.toMatch(/consent\.|undefined|\{/);
  const consent = loadMessages(language).consent as Copy;
  expect(Object.keys(consent.streams ?? {})).toEqual(
    expect.arrayContaining(
      STREAMS.filter((stream) => stream.partOf === null).map((stream) => stream.consentKey),
    ),
  );
});
