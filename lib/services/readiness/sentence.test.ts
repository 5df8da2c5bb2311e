import fc from "fast-check";
import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import { languages, loadMessages, localeOf } from "@/i18n/locales";
import { type Evidence, evidenceAt } from "@/lib/readiness/evidence";
import { scoreSeries } from "@/lib/readiness/score";
import type { DayInput, Preset } from "@/lib/readiness/types";
import { addDays } from "@/lib/time/civil-date";
import { fallingDays, flaggedDays, type SeedDay, steadyDays } from "@/tests/support/athletes";
import {
  clearingSentence,
  levelSentence,
  type Phrase,
  provisionalPhrase,
  sentenceToAthlete,
} from "./sentence";

const first = "2026-03-02";

function lastDay(days: readonly SeedDay[], preset: Preset = "brief"): Evidence {
  const dated = days.map(({ rmssdMs = null, load = null }, i) => ({
    date: addDays(first, i),
    rmssdMs,
    load,
  }));
  const series = scoreSeries({ settings: { preset, baselineDays: 60 }, days: dated });
  return evidenceAt(series, dated.length - 1);
}

function saying(language: string) {
  const problems: unknown[] = [];
  const t = createTranslator({
    locale: localeOf(language),
    messages: loadMessages(language),
    namespace: "levels",
    onError: (error) => problems.push(error),
  }) as unknown as (key: string, values: Phrase["values"]) => string;
  return { say: ({ key, values }: Phrase) => t(key, values), problems };
}

test("a flag says the reading, the usual, z and how much load rose", async () => {
  const { say } = saying("en");
  const day = lastDay(flaggedDays());
  expect(day.level).toBe("flag");
  expect(say(levelSentence(day, "en-GB"))).toMatch(
    /^HRV 50 ms today, below the usual 5\d–6\d \(z −\d\.\d\), while load rose \d\d %\.$/,
  );
  expect(say(clearingSentence(day, "en-GB")!)).toMatch(
    /^What would clear it: tomorrow’s HRV at \d+ ms or more/,
  );
});

test("numbers take the reader's form", () => {
  expect(levelSentence(lastDay(flaggedDays()), "fi-FI").values.z).toMatch(/^−\d,\d$/);
});

test("a fall names its size in the athlete's own SD, and suggests rather than orders", async () => {
  const { say } = saying("en");
  const sentence = say(levelSentence(lastDay(fallingDays()), "en-GB"));
  expect(sentence).toMatch(/^HRV has trended down over seven days \(−\d\.\d s\) while load rose/);
  expect(sentence).toMatch(/Suggest an unplanned recovery day\.$/);
});

test("low whatever the load is never told to clear by rest", () => {
  const days = steadyDays(80).map((day, i) => (i < 70 ? day : { rmssdMs: 48 + (i % 2), load: 60 }));
  const day = lastDay(days);
  expect(day.level).toBe("unexplained");
  expect(levelSentence(day, "en-GB")).toMatchObject({
    key: "sentences.unexplained",
    values: { load: "notRising" },
  });
  expect(clearingSentence(day, "en-GB")?.key).toMatch(/^clearing\.(reading|neither)$/);
});

test("advice stays within reach: no night above the athlete's highest is asked for, and it says what would do", () => {
  const { say } = saying("en");
  // Brief asks for a week's mean above usual again; one night would have to be far above anything the athlete reaches.
  const days = steadyDays(80).map((day, i) =>
    i < 73 ? day : { rmssdMs: 47 + (i % 2), load: day.load! * 2 },
  );
  const evidence = lastDay(days, "balanced");
  const { rmssdMs } = evidence.clearing!.tomorrow;
  const { highest60Ms, nights } = evidence.wayBack!;
  expect(rmssdMs === null || rmssdMs > highest60Ms!).toBe(true);
  expect(nights).toBeGreaterThan(1);
  expect(say(clearingSentence(evidence, "en-GB")!)).toMatch(
    /No single night would.* \d+ nights near \d\d ms/,
  );
});

test("a night above the usual range is not said to be within it", () => {
  const { say } = saying("en");
  const days = [...steadyDays(79), { rmssdMs: 75, load: 60 }];
  const evidence = lastDay(days);
  expect(evidence.z).toBeGreaterThan(2);
  expect(evidence.level).toBe("steady");
  expect(say(levelSentence(evidence, "en-GB"))).toMatch(/^HRV 75 ms today, above the usual/);
});

test("what is below or above the usual range never looks as if it were on its edge", () => {
  const { say } = saying("en");
  const usual = lastDay(steadyDays(80));
  const { mean, sd } = usual.baseline;
  const [from, to] = [Math.exp(mean! - sd!), Math.exp(mean! + sd!)];
  const sentenceAt = (rmssdMs: number) =>
    say(levelSentence(lastDay([...steadyDays(79), { rmssdMs, load: 60 }]), "en-GB"));
  const above = sentenceAt(to + 0.03);
  const [, ms, limit] = /^HRV ([\d.]+) ms today, above the usual [\d.]+–([\d.]+)\./.exec(above) ?? [];
  expect(Number(ms), above).toBeGreaterThan(Number(limit));
  const within = sentenceAt(from + 0.03);
  const [, low, edge] = /^HRV ([\d.]+) ms today, usual ([\d.]+)–/.exec(within) ?? [];
  expect(Number(low), within).toBeGreaterThan(Number(edge));
  expect(sentenceAt((from + to) / 2)).toMatch(/^HRV \d\d ms today, usual \d\d–\d\d\.$/);
  // A reading of 250.2 ms is out of range; 250 ms is not.
  expect(sentenceAt(250.2)).toBe("A reading of 250.2 ms is out of range, so it was not judged.");
});

test("a day without a verdict says why, and a short baseline says how short", async () => {
  const { say } = saying("en");
  expect(say(levelSentence(lastDay([...steadyDays(79), {}]), "en-GB"))).toBe("No reading today.");
  expect(say(levelSentence(lastDay(steadyDays(9)), "en-GB"))).toBe("8 of the 14 nights needed before today.");
  expect(say(provisionalPhrase(lastDay(steadyDays(23)))!)).toBe(
    "Provisional: 22 of 30 nights before today. Shown, never mailed.",
  );
  expect(provisionalPhrase(lastDay(steadyDays(80)))).toBeNull();
});

test("load that cannot be compared is not called rising, nor rest", () => {
  const days = steadyDays(80).map((day, i) => (i === 75 ? { rmssdMs: day.rmssdMs! } : day));
  days[79] = { rmssdMs: 50, load: 80 };
  expect(levelSentence(lastDay(days), "en-GB")).toMatchObject({
    key: "sentences.watchLow",
    values: { load: "unknown" },
  });
});

test("a week that is up on the one before, and not above its four weeks, is called that", () => {
  const { say } = saying("en");
  // Hard weeks, an easy one, and then a middling one: more than the week before, less than the four weeks.
  const days = steadyDays(80).map((day, i) => ({ ...day, load: i < 65 ? 90 : i < 72 ? 40 : 50 }));
  days[79] = { rmssdMs: 50, load: 50 };
  const evidence = lastDay(days);
  expect(evidence.rules.R6).toBe(false);
  expect(say(levelSentence(evidence, "en-GB"))).toMatch(
    /^Low against the baseline, with load up 25 % on the week before, but not above its four weeks\./,
  );
});

test("an athlete is not asked to decide on a suspect night", () => {
  const { say } = saying("en");
  const evidence = lastDay([...steadyDays(79), { rmssdMs: 160, load: 60 }]);
  expect(evidence.reason).toBe("suspect");
  expect(say(levelSentence(evidence, "en-GB"))).toMatch(/Confirm it or leave it out\.$/);
  expect(say(sentenceToAthlete(evidence, "en-GB"))).toMatch(/Your coach can confirm it or leave it out\.$/);
});

test("every day of any series has a whole sentence in every language", async () => {
  const speakers = languages().map(({ code }) => saying(code));
  const day = fc.record({
    rmssdMs: fc.option(fc.double({ min: 20, max: 120, noNaN: true }), { freq: 8 }),
    load: fc.option(fc.integer({ min: 0, max: 300 }), { freq: 12 }),
  });
  const preset = fc.constantFrom<Preset>("brief", "balanced", "quiet");
  fc.assert(
    fc.property(fc.array(day, { minLength: 1, maxLength: 60 }), preset, (days, chosen) => {
      const dated: DayInput[] = days.map((value, i) => ({ date: addDays(first, i), ...value }));
      const series = scoreSeries({ settings: { preset: chosen, baselineDays: 60 }, days: dated });
      const evidence = evidenceAt(series, dated.length - 1);
      const phrases = [
        levelSentence(evidence, "en-GB"),
        sentenceToAthlete(evidence, "en-GB"),
        clearingSentence(evidence, "en-GB"),
        provisionalPhrase(evidence),
      ];
      for (const { say } of speakers)
        for (const phrase of phrases.filter((some) => some !== null)) {
          const text = say(phrase);
          expect(text).toMatch(/^\p{Lu}|^\d/u);
          expect(text).not.toMatch(/[{}]|NaN|undefined|levels\./);
        }
    }),
    { numRuns: 60 },
  );
  expect(speakers.flatMap(({ problems }) => problems)).toEqual([]);
});
