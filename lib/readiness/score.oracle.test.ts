import tCdf from "@stdlib/stats-base-dists-t-cdf";
import { describe, expect, test } from "vitest";
import { expectNear, readOracle } from "../../tests/support/readiness/oracle";
import { arena } from "./arena";
import { scoreDays } from "./score";
import { trend7 } from "./trend";

type Numbers = (number | null)[];
type Flags = (boolean | null)[];
type Trend = { n: number; ols_slope_per_day: number; ols_p_two_sided: number } | null;
type Daily = {
  inputs: { date: string[]; rmssd_ms: Numbers; load: Numbers };
  expected: {
    mean28: Numbers;
    trend7: Trend[];
    load: Record<"sum7" | "ewma7" | "ewma28", Numbers>;
    gated: Record<"ln" | "mean7" | "baseline_n" | "baseline_mean" | "baseline_sd" | "z", Numbers> & {
      status: string[];
      rules: Record<string, Flags>;
    };
  };
};

const daily = readOracle<Daily>("daily_clean_90");
const { gated, load } = daily.expected;
// Of version 1, whose R6 has no margin and which knows no R7.
const scored = scoreDays({
  settings: { baselineDays: 60, preset: "brief", loadRisePercent: 0, drift: false },
  days: daily.inputs.date.map((date, i) => ({
    date,
    rmssdMs: daily.inputs.rmssd_ms[i]!,
    load: daily.inputs.load[i]!,
  })),
});

function rule(prefix: string): Flags {
  return gated.rules[Object.keys(gated.rules).find((name) => name.startsWith(prefix))!]!;
}

describe("90 clean days with an overload block", () => {
  test("means, baselines and z", () => {
    scored.forEach((day, i) => {
      expectNear(day.x, gated.ln[i]!, `x of ${day.date}`);
      expectNear(day.mean7, gated.mean7[i]!, `mean7 of ${day.date}`);
      expectNear(day.mean28, daily.expected.mean28[i]!, `mean28 of ${day.date}`);
      expect(day.valid).toBe(gated.status[i] === "ok");
      expect(day.baseline.n).toBe(gated.baseline_n[i]);
      if (day.baseline.n < 30) return;
      expectNear(day.baseline.mean, gated.baseline_mean[i]!, `mean of ${day.date}`);
      expectNear(day.baseline.sd, gated.baseline_sd[i]!, `sd of ${day.date}`);
      expectNear(day.z, gated.z[i]!, `z of ${day.date}`);
    });
    expect(scored.filter((day) => day.baseline.grade === "firm").length).toBe(60);
  });

  test("rules R1 to R5", () => {
    scored.forEach((day, i) => {
      expect(day.rules.R5).toBe(rule("R5")[i]);
      if (day.baseline.n < 30) return;
      for (const id of ["R1", "R2", "R3", "R4"] as const)
        expect(day.rules[id], `${id} ${day.date}`).toBe(rule(id)[i]);
    });
  });

  test("load and R6 are those of the day before", () => {
    scored.slice(1).forEach((day, i) => {
      expectNear(day.load.sum7, load.sum7[i]!, `sum7 of ${day.date}`);
      expectNear(day.load.prev7, load.sum7[i - 7] ?? null, `prev7 of ${day.date}`);
      expectNear(day.load.ewma7, load.ewma7[i]!, `ewma7 of ${day.date}`);
      expectNear(day.load.ewma28, load.ewma28[i]!, `ewma28 of ${day.date}`);
      expect(day.rules.R6).toBe(rule("R6")[i]);
    });
  });

  test("slopes and their p", () => {
    scored.forEach((day, i) => {
      const expected = daily.expected.trend7[i]!;
      expectNear(day.trend7.slopePerDay, expected?.ols_slope_per_day ?? null, `slope of ${day.date}`);
      if (expected) expectNear(day.trend7.pOneSidedFalling, oneSided(expected), `p of ${day.date}`);
    });
  });
});

describe("210 days with a lasting drop, by the settings a squad has until it chooses", () => {
  type Drift = {
    inputs: { date: string[]; rmssd_ms: Numbers; load: Numbers };
    expected: Record<
      string,
      {
        date: string;
        mean14: number | null;
        reference: { n: number; mean: number | null; sd: number | null };
        R6: boolean | null;
        R7: boolean | null;
        /** Null where a comparison hangs on a tie, named in `tied`. */
        level: string | null;
        tied: string[];
      }
    >;
  };
  const { inputs, expected } = readOracle<Drift>("daily_drift_210");
  const days = scoreDays({
    settings: { baselineDays: 60, preset: "brief" },
    days: inputs.date.map((date, i) => ({ date, rmssdMs: inputs.rmssd_ms[i]!, load: inputs.load[i]! })),
  });

  test("the two weeks, the reference, R6, R7 and the level of every day", () => {
    expect(days.length).toBe(210);
    for (const [i, day] of days.entries()) {
      const wanted = expected[i]!;
      expect(day.date).toBe(wanted.date);
      expectNear(day.mean14, wanted.mean14, `mean14 of ${day.date}`);
      expect(day.reference.n, day.date).toBe(wanted.reference.n);
      expectNear(day.reference.mean, wanted.reference.mean, `reference mean of ${day.date}`);
      expectNear(day.reference.sd, wanted.reference.sd, `reference sd of ${day.date}`);
      if (!wanted.tied.includes("R6")) expect(day.rules.R6, `R6 of ${day.date}`).toBe(wanted.R6);
      if (!wanted.tied.includes("R7")) expect(day.rules.R7, `R7 of ${day.date}`).toBe(wanted.R7);
      if (wanted.level !== null) expect(day.level, day.date).toBe(wanted.level);
    }
    expect(days.filter((day) => day.rules.R7).length).toBeGreaterThan(20);
  });
});

function oneSided(trend: { ols_slope_per_day: number; ols_p_two_sided: number }): number {
  return trend.ols_slope_per_day < 0 ? trend.ols_p_two_sided / 2 : 1 - trend.ols_p_two_sided / 2;
}

test("seven-day trends with ties, gaps and too few nights", () => {
  const { cases } = readOracle<{ cases: { name: string; y: Numbers; expected: Trend }[] }>("trend7_cases");
  for (const { name, y, expected } of cases) {
    const nights = y.filter((value) => value !== null).length;
    const week = Float64Array.from(y, (value) => value ?? Number.NaN);
    const trend = trend7(week, new Int32Array(7), new Uint8Array(7).fill(nights, 6), arena(7));
    const slope = trend.slope[6]!;
    expectNear(Number.isNaN(slope) ? null : slope, expected?.ols_slope_per_day ?? null, name);
    if (expected) expectNear(tCdf(trend.t[6]!, nights - 2), oneSided(expected), name);
  }
});
