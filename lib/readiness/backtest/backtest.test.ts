import { describe, expect, test, vi } from "vitest";
import { inventedSquad } from "../../../tests/support/readiness/invented-squad";
import { readOracle } from "../../../tests/support/readiness/oracle";
import type { Mailed } from "../../alerts/morning";
import { morningNews } from "../../alerts/morning";
import { addDays } from "../../time/civil-date";
import { isMailedLevel } from "../level";
import { scoreDays } from "../score";
import { beforeData } from "./before-data";
import { type ChanceRates, chance } from "./chance";
import { backtestHash, type SeasonsInput } from "./prepare";
import { replay } from "./replay";
import { athleteModels } from "./season";
import { slideCaught } from "./slide";

// Many histories each: generous where a machine is busy.
vi.setConfig({ testTimeout: 60_000 });

type Lifesnaps = {
  people: Record<string, { first: string; rmssdMs: (number | null)[]; load: (number | null)[] }>;
};

const PRESETS = ["brief", "balanced", "quiet"] as const;

function finish<T>(run: Generator<unknown, T, void>): T {
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
  }
}

function chanceOf(input: Partial<SeasonsInput>): Record<(typeof PRESETS)[number], ChanceRates> {
  return finish(chance({ athletes: [], baselineDays: 60, days: 90, seasons: 40, ...input }));
}

describe("replay of a squad's own history", () => {
  const athletes = inventedSquad({ athletes: 6, days: 160, autocorrelation: 0.45, missing: 0.1 });

  test.each(PRESETS)("%s: counts what scoring and the morning mail say, day by day", (preset) => {
    const observed = replay({ athletes, baselineDays: 60, days: 60 })[preset];
    const squad = athletes.map((days, i) => ({
      athleteId: String(i),
      mailed: [] as Mailed[],
      days: scoreDays({ settings: { baselineDays: 60, preset }, days }).map(({ date, level, baseline }) => ({
        date,
        level,
        mailable: isMailedLevel(level) && baseline.grade === "firm",
      })),
    }));
    const named = squad[0]!.days.map(({ date }) => {
      const { opened, escalated } = morningNews({ date, athletes: squad });
      for (const { athleteId, level } of [...opened, ...escalated]) {
        squad[Number(athleteId)]!.mailed.push({ date, level });
      }
      return opened.length + escalated.length;
    });
    const flagged = squad[0]!.days.map((_, i) => squad.filter(({ days }) => days[i]!.mailable).length);
    expect(observed.namedByMorning).toEqual(named.slice(-60));
    expect(observed.flaggedByMorning).toEqual(flagged.slice(-60));
    expect(observed.mails).toBe(named.slice(-60).filter((names) => names > 0).length);
    expect(observed.episodes).toBeGreaterThan(0);
    expect(observed.episodesByAthlete.reduce((sum, count) => sum + count, 0)).toBe(observed.episodes);
  });

  test("quieter presets mail less", () => {
    const { brief, balanced, quiet } = replay({ athletes, baselineDays: 60, days: 90 });
    expect(brief.mails).toBeGreaterThan(balanced.mails);
    expect(balanced.mails).toBeGreaterThanOrEqual(quiet.mails);
  });
});

describe("what chance alone tells", () => {
  test("stays near the simulated figures given before a squad has data", () => {
    for (const [autocorrelation, end] of [
      [0, "low"],
      [0.45, "high"],
    ] as const) {
      const rates = chanceOf({
        athletes: inventedSquad({ athletes: 20, days: 270, autocorrelation }),
        days: 200,
      });
      for (const preset of PRESETS) {
        const share = rates[preset].flaggedShare;
        expect(Math.abs(share.mean - beforeData(preset).flaggedShare[end]), preset).toBeLessThan(0.015);
        expect(share.low).toBeLessThan(share.mean);
        expect(share.high).toBeGreaterThan(share.mean);
      }
    }
  });

  test("the same input gives the same figures, another input others", () => {
    const athletes = inventedSquad({ athletes: 3, days: 150, autocorrelation: 0.25 });
    const input = { athletes, baselineDays: 60, days: 60, seasons: 10 };
    expect(finish(chance(input))).toEqual(finish(chance(input)));
    const changed = athletes.map((days, i) => (i === 0 ? days.with(9, { ...days[9]!, load: 1 }) : days));
    expect(backtestHash({ ...input, athletes: changed })).not.toBe(backtestHash(input));
    expect(finish(chance({ ...input, athletes: changed }))).not.toEqual(finish(chance(input)));
  });

  test("follows the squad's own autocorrelation and gaps", () => {
    const shape = { athletes: 15, days: 270 };
    const loose = chanceOf({ athletes: inventedSquad({ ...shape, autocorrelation: 0 }), days: 200 });
    const sticky = chanceOf({ athletes: inventedSquad({ ...shape, autocorrelation: 0.6 }), days: 200 });
    const gappy = chanceOf({
      athletes: inventedSquad({ ...shape, autocorrelation: 0.6, missing: 0.4 }),
      days: 200,
    });
    expect(sticky.balanced.flaggedShare.low).toBeGreaterThan(loose.balanced.flaggedShare.high);
    expect(gappy.brief.flaggedPerMorning.high).toBeLessThan(sticky.brief.flaggedPerMorning.low);
  });

  test("nights that fall out of line in weeks, not from day to day, are told by resampling them", () => {
    // A week low, then six usual, each night on its own: day-to-day likeness is weak, whole weeks are not.
    const athletes = inventedSquad({ athletes: 12, days: 270, autocorrelation: 0 }).map((days) =>
      days.map((day, i) => ({ ...day, rmssdMs: day.rmssdMs! * (i % 49 < 7 ? Math.exp(-0.25) : 1) })),
    );
    const models = athleteModels(
      athletes.map((days) => Float64Array.from(days, (day) => Math.log(day.rmssdMs!))),
    );
    const drawn = inventedSquad({ athletes: 12, days: 270, autocorrelation: models[0]!.autocorrelation });
    const both = chanceOf({ athletes, days: 200 });
    const likeness = chanceOf({ athletes: drawn, days: 200 });
    expect(both.quiet.flaggedShare.mean).toBeGreaterThan(likeness.quiet.flaggedShare.mean);
  });

  test("without load nothing rises with it", () => {
    const athletes = inventedSquad({ athletes: 5, days: 150, autocorrelation: 0.25 });
    const unknown = athletes.map((days) => days.map((day) => ({ ...day, load: null })));
    const { brief, quiet } = chanceOf({ athletes: unknown });
    expect(brief.flaggedShare).toEqual(quiet.flaggedShare);
  });

  test("reports progress after every season of both models", () => {
    const athletes = inventedSquad({ athletes: 1, days: 90, autocorrelation: 0 });
    const steps = [...chance({ athletes, baselineDays: 60, days: 30, seasons: 3 })];
    expect(steps).toEqual([1, 2, 3, 4, 5, 6].map((done) => ({ done, of: 6 })));
  });
});

test("a deeper slide is caught more surely, and a louder preset catches it earlier", () => {
  const athletes = inventedSquad({ athletes: 20, days: 150, autocorrelation: 0.25 });
  const caught = (dropSd: number) =>
    finish(slideCaught({ athletes, baselineDays: 60, days: 90, seasons: 10, dropSd }));
  const [shallow, deep] = [caught(1), caught(2)];
  for (const preset of PRESETS) expect(deep[preset].share).toBeGreaterThan(shallow[preset].share);
  expect(deep.brief.share).toBeGreaterThan(0.95);
  expect(deep.brief.medianDay!).toBeLessThan(deep.quiet.medianDay!);
  const middling = caught(1.5);
  for (const preset of PRESETS) {
    expect(Math.abs(middling[preset].share - beforeData(preset).slideCaught.share)).toBeLessThan(0.08);
    expect(
      Math.abs(middling[preset].medianDay! - beforeData(preset).slideCaught.medianDay),
    ).toBeLessThanOrEqual(1);
  }
});

/** Shares of the judged days of 24 real people, to three decimals. */
function lifesnapsShares(rules: { loadRisePercent?: number; drift?: boolean }) {
  const { people } = readOracle<Lifesnaps>("lifesnaps_24");
  const scored = Object.values(people).flatMap(({ first, rmssdMs, load }) =>
    scoreDays({
      settings: { baselineDays: 60, preset: "brief", ...rules },
      days: rmssdMs.map((rmssd, i) => ({ date: addDays(first, i), rmssdMs: rmssd, load: load[i]! })),
    }),
  );
  const judged = scored.filter((day) => day.reason === null && day.baseline.grade === "firm");
  const share = (holds: (day: (typeof judged)[number]) => boolean, of = judged) =>
    Number((of.filter(holds).length / of.length).toFixed(3));
  expect(judged.length).toBe(1018);
  const withR7 = judged.filter((day) => day.rules.R7 !== null);
  return {
    belowOne: share((day) => day.z! < -1),
    belowOneAndAHalf: share((day) => day.z! < -1.5),
    R2: share((day) => day.rules.R2 === true),
    R3: share((day) => day.rules.R3 === true),
    R4: share((day) => day.rules.R4 === true),
    R5: share((day) => day.rules.R5 === true),
    R6: share((day) => day.rules.R6 === true),
    flag: share((day) => day.levels.includes("flag")),
    recovery: share((day) => day.level === "recovery"),
    unexplained: share((day) => day.levels.includes("unexplained")),
    mailed: share((day) => isMailedLevel(day.level)),
    ...(withR7.length > 0 ? { R7OfDefined: share((day) => day.rules.R7 === true, withR7) } : {}),
  };
}

test("24 real people: rates per judged day as docs/method/false-alarms.md states them", () => {
  expect(lifesnapsShares({ loadRisePercent: 0, drift: false })).toEqual({
    belowOne: 0.184,
    belowOneAndAHalf: 0.088,
    R2: 0.083,
    R3: 0.206,
    R4: 0.053,
    R5: 0.168,
    R6: 0.312,
    flag: 0.08,
    recovery: 0.036,
    unexplained: 0.028,
    mailed: 0.109,
  });
  expect(lifesnapsShares({})).toMatchObject({
    R6: 0.289,
    R7OfDefined: 0.059,
    flag: 0.072,
    recovery: 0.034,
    unexplained: 0.04,
    mailed: 0.114,
  });
});
