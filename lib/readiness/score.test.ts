import { describe, expect, test } from "vitest";
import { addDays } from "../time/civil-date";
import { ReadinessInputError } from "./input-error";
import { scoreDays } from "./score";
import type { DayInput, Preset, ScoredDay } from "./types";

const FIRST = "2026-01-01";
// Two values in turn: mean ln 4, SD near 0.1, no trend worth the name.
const usual = (i: number) => Math.exp(i % 2 === 0 ? 4.1 : 3.9);

function history(
  length: number,
  change: (day: DayInput, i: number) => Partial<DayInput> = () => ({}),
): DayInput[] {
  return Array.from({ length }, (_, i) => {
    const day = { date: addDays(FIRST, i), rmssdMs: usual(i), load: 100 };
    return { ...day, ...change(day, i) };
  });
}

function score(days: DayInput[], preset: Preset = "brief"): ScoredDay[] {
  return scoreDays({ settings: { baselineDays: 60, preset }, days });
}

const last = (days: DayInput[], preset?: Preset) => score(days, preset).at(-1)!;

describe("baseline", () => {
  test("ends yesterday and grades by valid nights", () => {
    const days = score(history(70));
    expect(days.map((day) => day.baseline.n).slice(0, 4)).toEqual([0, 1, 2, 3]);
    expect(days.at(-1)?.baseline.n).toBe(60);
    expect(days.map((day) => day.baseline.grade)).toEqual([
      ...Array(14).fill("none"),
      ...Array(16).fill("provisional"),
      ...Array(40).fill("firm"),
    ]);
  });

  test("today's reading is no part of today's baseline", () => {
    const low = last(history(61, (_, i) => (i === 60 ? { rmssdMs: 40 } : {})));
    expect(low.baseline.mean).toBeCloseTo(4, 12);
  });

  test("a baseline without spread leaves z and R1 undefined", () => {
    const day = last(history(40, () => ({ rmssdMs: 50 })));
    expect([day.baseline.sd, day.z, day.rules.R1, day.rules.R2]).toEqual([0, null, null, null]);
    expect([day.rules.R3, day.rules.R4, day.rules.R5, day.level]).toEqual([false, false, false, "steady"]);
  });
});

describe("no verdict", () => {
  const reasonOf = (days: DayInput[]) => last(days).reason;

  test("a series of one day is one day without a verdict", () => {
    expect(score(history(1))).toMatchObject([
      {
        date: FIRST,
        level: "no-verdict",
        levels: ["no-verdict"],
        reason: "baseline-building",
        z: null,
        mean7: null,
      },
    ]);
  });

  test("no reading, or a number that is no RMSSD", () => {
    expect(reasonOf(history(60, (_, i) => (i === 59 ? { rmssdMs: null } : {})))).toBe("no-reading");
    for (const rmssdMs of [4.99, 250.01, 0, -3]) {
      expect(reasonOf(history(60, (_, i) => (i === 59 ? { rmssdMs } : {})))).toBe("invalid");
    }
    for (const rmssdMs of [5, 250]) {
      expect(reasonOf(history(60, (_, i) => (i === 59 ? { rmssdMs, confirmed: true } : {})))).toBeNull();
    }
  });

  test("days that nobody sent are days without a reading", () => {
    const days = score(history(30).filter((_, i) => i !== 20));
    expect(days.length).toBe(30);
    expect(days[20]).toMatchObject({
      date: addDays(FIRST, 20),
      reason: "no-reading",
      rmssdMs: null,
      x: null,
    });
  });

  test("a suspect value is shown, judged by nobody, and in no mean until it is confirmed", () => {
    const spike = { rmssdMs: 150 };
    const suspect = score(history(60, (_, i) => (i === 50 ? spike : {})));
    expect(suspect[50]).toMatchObject({
      reason: "suspect",
      suspect: true,
      valid: false,
      x: null,
      rmssdMs: 150,
    });
    expect(suspect[51]!.baseline.n).toBe(50);
    const confirmed = score(history(60, (_, i) => (i === 50 ? { ...spike, confirmed: true } : {})));
    expect(confirmed[50]).toMatchObject({ reason: null, suspect: false, valid: true });
    expect(confirmed[51]!.baseline.n).toBe(51);
  });

  test("far but within a factor of 1.75 of the median is not suspect", () => {
    const inside = Math.exp(4) * 1.74;
    expect(reasonOf(history(60, (_, i) => (i === 59 ? { rmssdMs: inside } : {})))).toBeNull();
  });

  test("a new device: fourteen days without a verdict, then a baseline of its own", () => {
    const changed = history(100, (_, i) => ({ deviceId: i < 50 ? "A" : "B" }));
    const days = score(changed);
    expect(days.slice(50, 64).map((day) => day.reason)).toEqual(Array(14).fill("device-changed"));
    expect(days[64]).toMatchObject({ reason: null, baseline: { n: 14, grade: "provisional" } });
    expect(days[50]).toMatchObject({ baseline: { n: 0, grade: "none" }, mean7: null, z: null });
    expect(days[80]!.baseline).toMatchObject({ n: 30, grade: "firm" });
  });

  test("a new device with gaps is still building after its fourteen days", () => {
    const days = history(66, (_, i) => ({
      deviceId: i < 50 ? "A" : "B",
      ...(i === 55 ? { rmssdMs: null } : {}),
    }));
    expect(score(days)[64]!.reason).toBe("baseline-building");
    expect(score(days)[65]!.reason).toBeNull();
  });

  test("a device not mentioned is the one before; the first one mentioned is no change", () => {
    const named = history(40, (_, i) => (i === 20 || i === 30 ? { deviceId: "A" } : {}));
    expect(last(named).baseline.n).toBe(39);
  });

  test("a change of source starts afresh, also when the device changes on the same day", () => {
    const days = history(60, (_, i) => ({ source: i < 50 ? ("nightly" as const) : ("morning" as const) }));
    expect(last(days).reason).toBe("source-changed");
  });

  test("a day excluded by a tag stays out of the baseline and without a verdict", () => {
    const days = score(history(60, (_, i) => (i === 50 ? { excluded: "sick", rmssdMs: 40 } : {})));
    expect(days[50]).toMatchObject({ reason: "excluded", valid: true });
    expect(days[51]!.baseline.n).toBe(50);
    expect(days[51]!.baseline.mean).toBeCloseTo(4, 12);
  });
});

describe("load", () => {
  test("windows end yesterday", () => {
    const day = last(history(30, (_, i) => ({ load: i === 29 ? 9999 : i })));
    expect(day.load).toMatchObject({ sum7: 28 + 27 + 26 + 25 + 24 + 23 + 22, known7: 7, knownPrev7: 7 });
    expect(day.load.prev7).toBe(15 + 16 + 17 + 18 + 19 + 20 + 21);
    expect(day.rules.R6).toBe(true);
  });

  test("unknown is not rest: left out of sums, no step of the averages, R6 undefined", () => {
    const unknown = history(30, (_, i) => (i === 25 ? { load: null } : {}));
    expect(last(unknown)).toMatchObject({
      load: { sum7: 600, known7: 6, ewma7: 100, ewma28: 100 },
      rules: { R6: null },
    });
    expect(last(history(30, (_, i) => (i === 25 ? { load: -1 } : {}))).rules.R6).toBeNull();
    expect(last(history(30, (_, i) => (i === 25 ? { load: 0 } : {}))).rules.R6).toBe(false);
  });

  test("needs a week for a sum and a fortnight for R6", () => {
    const days = score(history(16, (_, i) => ({ load: i })));
    expect(days.map((day) => day.load.sum7).slice(0, 8)).toEqual([...Array(7).fill(null), 21]);
    expect(days[13]!.rules.R6).toBeNull();
    expect(days[14]!.rules.R6).toBe(true);
  });

  test("equal weeks are not rising load, whatever the decimals", () => {
    expect(
      last(history(40, (_, i) => ({ load: [0.1, 88.7, 0, 61.3, 12.9, 140.2, 33.3][i % 7]! }))).rules.R6,
    ).toBe(false);
    expect(last(history(40, () => ({ load: 88.1 }))).rules.R6).toBe(false);
  });
});

describe("levels", () => {
  const rising = (i: number) => ({ load: i < 50 ? 80 : 160 });

  test("one low night beside rising load is a flag in brief, colour only in the others", () => {
    const days = history(60, (_, i) => ({ ...rising(i), ...(i === 59 ? { rmssdMs: 45 } : {}) }));
    expect(last(days)).toMatchObject({
      level: "flag",
      levels: ["flag", "watch"],
      rules: { R1: true, R5: false, R6: true },
    });
    expect(last(days, "quiet").level).toBe("watch");
  });

  test("a fall below usual beside rising load suggests a recovery day", () => {
    const fall = (i: number) => (i >= 53 ? { rmssdMs: Math.exp(4.02 - 0.03 * (i - 53)) } : {});
    const days = history(60, (_, i) => ({ ...rising(i), ...fall(i) }));
    expect(last(days)).toMatchObject({
      level: "recovery",
      guards: { belowUsual: true },
      rules: { R5: true, R6: true },
    });
  });

  test("the same fall from unusually high to usual is only watched", () => {
    const fall = (i: number) => (i >= 53 ? { rmssdMs: Math.exp(4.25 - 0.03 * (i - 53)) } : {});
    const days = history(60, (_, i) => ({ ...rising(i), ...fall(i) }));
    expect(last(days)).toMatchObject({
      level: "watch",
      guards: { belowUsual: false },
      rules: { R5: true, R6: true },
    });
  });

  test("three days of a very low week without more load are unexplained", () => {
    const low = (i: number) => (i >= 53 ? { rmssdMs: Math.exp(3.75 + 0.01 * (i % 2)) } : {});
    const days = score(history(62, (_, i) => low(i)));
    const running = days.map((day) => day.rules.R4 === true);
    const first = running.indexOf(true);
    expect(days[first + 1]!.level).not.toBe("unexplained");
    expect(days[first + 2]!.level).toBe("unexplained");
  });

  test("a high week is neutral", () => {
    expect(last(history(60, (_, i) => (i >= 54 ? { rmssdMs: Math.exp(4.2) } : {}))).level).toBe("high");
  });
});

describe("refused input", () => {
  const fieldOf = (days: DayInput[], settings = {}) => {
    try {
      scoreDays({ settings: { baselineDays: 60, preset: "brief", ...settings }, days });
    } catch (error) {
      if (error instanceof ReadinessInputError) return error.field;
    }
    return undefined;
  };

  test("names the field", () => {
    expect(fieldOf([])).toBe("days");
    expect(fieldOf([...history(3), history(1)[0]!])).toBe("days[3].date");
    expect(fieldOf([{ date: "2026-02-30", rmssdMs: 50, load: 1 }])).toBe("days[0].date");
    expect(fieldOf([{ date: FIRST, rmssdMs: Number.NaN, load: 1 }])).toBe("days[0].rmssdMs");
    expect(fieldOf([{ date: FIRST, rmssdMs: 50, load: Number.POSITIVE_INFINITY }])).toBe("days[0].load");
    expect(fieldOf(history(2), { baselineDays: 59 })).toBe("settings.baselineDays");
    expect(fieldOf(history(2), { preset: "loud" })).toBe("settings.preset");
    expect(fieldOf([history(1)[0]!, { date: "2226-01-01", rmssdMs: 50, load: 1 }])).toBe("days");
  });
});
