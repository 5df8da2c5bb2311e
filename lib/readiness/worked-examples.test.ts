import { readdirSync, readFileSync } from "node:fs";
import tCdf from "@stdlib/stats-base-dists-t-cdf";
import { expect, test } from "vitest";
import { EMPTY_HISTORY } from "../../tests/support/readiness/empty-history";
import { inventedSquad } from "../../tests/support/readiness/invented-squad";
import type { Verdict } from "../alerts/causes";
import { episodesOf } from "../alerts/episodes";
import { type Mailed, morningNews } from "../alerts/morning";
import { precisionOf } from "../alerts/precision";
import { leastP } from "../analysis/associations";
import { correlate } from "../analysis/correlate";
import { holm } from "../analysis/holm";
import { squadDay } from "../analysis/squad-day";
import { wilsonInterval } from "../analysis/wilson";
import { classifyBeats } from "../hrv/classify-beats";
import { correctArtefacts } from "../hrv/correct-artefacts";
import { judge } from "../hrv/morning-reading";
import { plainRule } from "../hrv/plain-rule";
import { summariseRr } from "../hrv/rr-summary";

import { dayInputsOf } from "../services/readiness/inputs";
import { addDays, daysBetween, epochDayOf } from "../time/civil-date";
import { chance } from "./backtest/chance";
import { athleteModels, resampledSeason } from "./backtest/season";
import { evidenceAt } from "./evidence";
import { lnRmssd } from "./gate";
import { fitnessFatigue } from "./load/fitness-fatigue";
import { fosterWeek } from "./load/foster";
import { loadNumbers } from "./load/load-numbers";
import { loadRatios } from "./load/ratios";
import { sessionLoads } from "./load/session-loads";
import { banisterTrimp, edwardsOfSamples, sessionRpe } from "./load/trimp";
import { mannKendall, theilSenSlope } from "./robust-trend";
import { scoreDays, scoreSeries } from "./score";
import { columnsOf } from "./series";
import { travelDays } from "./travel";
import type { BaselineMethod, DayInput, Level, Preset } from "./types";

const FOLDER = new URL("../../docs/method/", import.meta.url);
const FIRST = "2026-01-01";

/** A history: values that repeat for some days, then one value a day; what is shorter repeats too. */
type Story = {
  preset?: Preset;
  method?: BaselineMethod;
  loadRisePercent?: number;
  drift?: boolean;
  /** From this day on, counted from 0, a coach takes the level as usual. */
  newUsual?: number;
  before: { days: number; rmssdMs: number[]; load: number[]; heartRateBpm?: number[] };
  after: { rmssdMs: (number | null)[]; load?: number[]; heartRateBpm?: number[] };
};
type Numbers = (number | null)[];

function daysOf({ before, after, newUsual }: Story): DayInput[] {
  const repeated = (values: number[], i: number) => values[i % values.length]!;
  const usual = Array.from({ length: before.days }, (_, i) => ({
    rmssdMs: repeated(before.rmssdMs, i),
    load: repeated(before.load, i),
    heartRateBpm: before.heartRateBpm ? repeated(before.heartRateBpm, i) : null,
  }));
  const last = after.rmssdMs.map((rmssdMs, i) => ({
    rmssdMs,
    load: after.load?.[i] ?? null,
    heartRateBpm: after.heartRateBpm?.[i] ?? null,
  }));
  return [...usual, ...last].map((day, i) => ({
    date: addDays(FIRST, i),
    ...day,
    ...(i === newUsual ? { newUsual: true } : {}),
  }));
}

function evidenceOf(story: Story) {
  const { preset = "brief", method = "mean-sd", loadRisePercent = 5, drift = true } = story;
  const settings = { baselineDays: 60, preset, baselineMethod: method, loadRisePercent, drift };
  const series = scoreSeries({ settings, days: daysOf(story) });
  return evidenceAt(series, series.columns.length - 1);
}

const LEVELS: Record<string, Level> = {
  r: "recovery",
  f: "flag",
  u: "unexplained",
  s: "steady",
  n: "no-verdict",
};
const lettersOf = (letters: string) =>
  [...letters].map((letter, i) => ({
    date: addDays(FIRST, i),
    level: LEVELS[letter]!,
    mailable: "rfu".includes(letter),
  }));

function mails(letters: string): string {
  const days = lettersOf(letters);
  const mailed: Mailed[] = [];
  return days
    .map(({ date, level }) => {
      const { opened, escalated } = morningNews({ date, athletes: [{ athleteId: "a", days, mailed }] });
      if (opened.length + escalated.length > 0) mailed.push({ date, level });
      return opened.length > 0 ? "o" : escalated.length > 0 ? "e" : "-";
    })
    .join("");
}

function openDays(letters: string): number {
  const [episode] = episodesOf(lettersOf(letters));
  return daysBetween(episode!.openedOn, episode!.closedOn!) + 1;
}

function isRepeatable(): boolean {
  const athletes = inventedSquad({ athletes: 2, days: 100, autocorrelation: 0.25 });
  const run = () => {
    const steps = chance({ athletes, baselineDays: 60, days: 30, seasons: 3 });
    for (;;) {
      const step = steps.next();
      if (step.done) return JSON.stringify(step.value);
    }
  };
  const [first, second] = [run(), run()];
  return first === second;
}

/** RMSSD of a resampled season with these nights (null: a gap), the uniform numbers given in the order in which they are drawn. */
function resampled(rmssdMs: Numbers, uniform: number[]): Numbers {
  const drawn = uniform.values();
  const columns = columnsOf(
    rmssdMs.map((value, i) => ({ date: addDays(FIRST, i), rmssdMs: value, load: null })),
  );
  const x = Float64Array.from(rmssdMs, (value) => (value === null ? Number.NaN : Math.log(value)));
  const season = resampledSeason(columns, x, () => drawn.next().value ?? Number.NaN);
  return [...season.rmssdMs].map((value) => (Number.isNaN(value) ? null : value));
}

/** Nights that climb from one value to another, then one more day. */
function drift({ from, to, days }: { from: number; to: number; days: number }) {
  const rmssdMs = Array.from(
    { length: days + 1 },
    (_, i) => from + ((to - from) * Math.min(i, days - 1)) / (days - 1),
  );
  return evidenceOf({ before: { days: 0, rmssdMs: [], load: [] }, after: { rmssdMs } }).context?.drift;
}

type StoredDays = {
  sessions: [string, number | null][];
  /** Days on which Polar reports a load of 0. */
  zeros?: string[];
  nights: string[];
  last: string;
};

function dayLoads({ sessions, zeros = [], nights, last }: StoredDays): Numbers {
  const history = {
    ...EMPTY_HISTORY,
    nights: { ...EMPTY_HISTORY.nights, days: nights.map(epochDayOf), rmssdMs: nights.map(() => null) },
    loads: { days: zeros.map(epochDayOf), load: zeros.map(() => 0) },
    sessions: { days: sessions.map(([date]) => epochDayOf(date)), load: sessions.map(([, load]) => load) },
  };
  return dayInputsOf(history, epochDayOf(last)).map(({ load }) => load);
}

const WORKED = {
  lnRmssd,
  drift,
  travelDays: (reported: [number, number][]) => [...travelDays(new Map(reported))].sort((a, b) => a - b),
  wilsonInterval,
  precision: (counts: Partial<Record<Verdict, number>>) =>
    precisionOf(
      Object.entries(counts).flatMap(([verdict, n]) => Array.from({ length: n }, () => verdict as Verdict)),
    ),
  lastDay: (story: Story) => evidenceOf(story),
  quality: (story: Story) => evidenceOf(story).quality,
  clearing: (story: Story) => evidenceOf(story).clearing,
  trend: (x: Numbers) =>
    scoreDays({
      settings: { baselineDays: 60, preset: "brief" },
      days: x.map((value, i) => ({ date: addDays(FIRST, i), rmssdMs: value && Math.exp(value), load: null })),
    }).at(-1)!.trend7,
  theilSenSlope,
  mannKendall,
  banisterTrimp,
  sessionLoads,
  dayLoads,
  loadNumbers,
  ratios: (weeks: number[]) => loadRatios(weeks.flatMap((load) => Array<number>(7).fill(load))).at(-1),
  edwardsOfSamples,
  sessionRpe,
  fosterWeek,
  fitnessFatigue: (loads: Numbers) => fitnessFatigue(loads),
  summariseRr,
  plainRule: (rrMs: number[]) => plainRule(rrMs),
  correctArtefacts: (rrMs: number[]) => correctArtefacts(rrMs),
  classifyBeats,
  judge,
  mails,
  openDays,
  autocorrelation: (x: number[]) => athleteModels([Float64Array.from(x)])[0]!.autocorrelation,
  chanceIsRepeatable: isRepeatable,
  resample: resampled,
  holm,
  leastP,
  shiftedP: (outcome: Numbers, driver: Numbers) => correlate(outcome, driver)?.pCircular,
  correlateShort: (pairs: number) => {
    const values = Array.from({ length: pairs }, (_, i) => i);
    return correlate(values, values);
  },
  together: (z: number[]) =>
    squadDay(
      z.map((value, i) => ({ athleteId: String(i), source: "nightly", z: value, weekChange: null })),
    )[0]!.together,
  chanceBelow: (z: number, nights: number) => tCdf(z / Math.sqrt(1 + 1 / nights), nights - 1),
} as const;

/** The `worked` blocks of a page, one example a line: name(arguments) = result, all JSON. */
function examplesOf(page: string): { name: string; args: unknown[]; expected: unknown }[] {
  const blocks = readFileSync(new URL(page, FOLDER), "utf8").matchAll(/```worked\n(.*?)```/gs);
  return [...blocks].flatMap(([, block]) =>
    block!
      .trim()
      .split("\n")
      .map((line) => {
        const [, name, args, expected] = /^(\w+)\((.*)\) = (.+)$/.exec(line) ?? [];
        return {
          name: name!,
          args: JSON.parse(`[${args}]`) as unknown[],
          expected: JSON.parse(expected!) as unknown,
        };
      }),
  );
}

/** Every stated part must be there; numbers to a millionth of their size, or half a thousandth where a page rounds. */
function expectStated(actual: unknown, expected: unknown, where: string): void {
  if (typeof expected === "number" && typeof actual === "number") {
    const digits = String(expected).replace(/^-?0?\.?0*|\./g, "").length;
    const allowed = Math.max(1e-12, Math.abs(expected) * 0.51 * 10 ** (1 - Math.max(3, digits)));
    expect(Math.abs(actual - expected), `${where}: ${actual} against ${expected}`).toBeLessThanOrEqual(
      allowed,
    );
  } else if (Array.isArray(expected)) {
    expect(Array.isArray(actual) ? actual.length : actual, where).toBe(expected.length);
    for (const [i, part] of expected.entries())
      expectStated((actual as unknown[])[i], part, `${where}[${i}]`);
  } else if (typeof expected === "object" && expected !== null) {
    for (const [key, part] of Object.entries(expected)) {
      expectStated((actual as Record<string, unknown> | null)?.[key], part, `${where}.${key}`);
    }
  } else expect(actual, where).toBe(expected);
}

const pages = readdirSync(FOLDER).filter((page) => page.endsWith(".md") && page !== "README.md");

test.each(pages)("the worked examples of docs/method/%s hold", (page) => {
  const examples = examplesOf(page);
  expect(examples.length).toBeGreaterThan(0);
  for (const { name, args, expected } of examples) {
    const run = WORKED[name as keyof typeof WORKED] as ((...args: unknown[]) => unknown) | undefined;
    expect(run, `${page} uses ${name}`).toBeDefined();
    expectStated(run?.(...args), expected, `${page} ${name}`);
  }
});
