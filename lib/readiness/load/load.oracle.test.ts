import { describe, expect, test } from "vitest";
import { expectNear, readOracle } from "../../../tests/support/readiness/oracle";
import { mannKendall, theilSenSlope } from "../robust-trend";
import { fitnessFatigue } from "./fitness-fatigue";
import { fosterWeek } from "./foster";
import { loadRatios } from "./ratios";
import { banisterOfSamples, banisterTrimp, edwardsOfSamples, sessionRpe } from "./trimp";

type Oracle = {
  sessions: Record<
    "minutes" | "mean_hr" | "hr_rest" | "hr_max" | "banister_male" | "banister_female",
    number
  >[];
  per_minute: { hr_per_minute: number[]; hr_rest: number; hr_max: number } & Record<
    "banister_male_sum" | "banister_female_sum" | "banister_male_from_mean" | "edwards",
    number
  >;
  srpe: { rpe: number; minutes: number; load: number }[];
  foster_week: { daily: number[]; monotony_ddof1: number; strain_ddof1: number };
  foster_constant_week: { daily: number[] };
};
type Numbers = (number | null)[];
type Daily = { inputs: { load: number[] }; expected: { load: Record<string, Numbers> } };

const oracle = readOracle<Oracle>("load_trimp_foster");

describe("Banister", () => {
  test("from a mean heart rate, for both weightings", () => {
    for (const session of oracle.sessions) {
      const range = { hrRestBpm: session.hr_rest, hrMaxBpm: session.hr_max };
      const trimp = (sex: "male" | "female") =>
        banisterTrimp({ ...range, minutes: session.minutes, hrBpm: session.mean_hr, sex });
      expectNear(trimp("male"), session.banister_male, "men");
      expectNear(trimp("female"), session.banister_female, "women");
    }
  });

  test("from samples", () => {
    const { hr_per_minute: bpm, hr_rest: hrRestBpm, hr_max: hrMaxBpm } = oracle.per_minute;
    const input = { hrRestBpm, hrMaxBpm, samples: { bpm, intervalS: 60 } };
    expectNear(banisterOfSamples({ ...input, sex: "male" }), oracle.per_minute.banister_male_sum, "men");
    expectNear(
      banisterOfSamples({ ...input, sex: "female" }),
      oracle.per_minute.banister_female_sum,
      "women",
    );
    const everySecond = { bpm: bpm.flatMap((hr) => Array<number>(60).fill(hr)), intervalS: 1 };
    const bySecond = banisterOfSamples({ ...input, samples: everySecond, sex: "male" });
    expect(bySecond).toBeCloseTo(oracle.per_minute.banister_male_sum, 8);
  });

  test("lost samples count for nothing and a reversed range is refused", () => {
    const range = { hrRestBpm: 50, hrMaxBpm: 190, sex: "male" as const };
    expect(banisterOfSamples({ ...range, samples: { bpm: [0, -1], intervalS: 60 } })).toBe(0);
    expect(() => banisterTrimp({ ...range, hrRestBpm: 190, minutes: 1, hrBpm: 100 })).toThrow(RangeError);
  });
});

test("Edwards and session RPE", () => {
  const { hr_per_minute: bpm, hr_max: hrMaxBpm, edwards } = oracle.per_minute;
  expectNear(edwardsOfSamples({ samples: { bpm, intervalS: 60 }, hrMaxBpm }), edwards, "Edwards");
  for (const session of oracle.srpe) expect(sessionRpe(session)).toBe(session.load);
});

test("Foster's monotony and strain", () => {
  const week = fosterWeek(oracle.foster_week.daily);
  expectNear(week?.monotony ?? null, oracle.foster_week.monotony_ddof1, "monotony");
  expectNear(week?.strain ?? null, oracle.foster_week.strain_ddof1, "strain");
  expect(fosterWeek(oracle.foster_constant_week.daily)).toBeNull();
  expect(fosterWeek([...oracle.foster_week.daily.slice(1), null])).toBeNull();
});

describe("90 days of load", () => {
  const { inputs, expected } = readOracle<Daily>("daily_clean_90");
  const column = (name: string) => expected.load[name]!;

  test("fitness, fatigue and balance in both forms", () => {
    for (const [form, suffix] of [
      ["exponential", "exp"],
      ["linear", "lin"],
    ] as const) {
      fitnessFatigue(inputs.load, form).forEach((day, i) => {
        expectNear(day.ctl, column(`ctl42_${suffix}`)[i]!, `ctl ${i}`);
        expectNear(day.atl, column(`atl7_${suffix}`)[i]!, `atl ${i}`);
        expectNear(day.tsb, column(`tsb_${suffix}_yesterday`)[i]!, `tsb ${i}`);
        expect(day.settling).toBe(i < 42);
      });
    }
  });

  test("means, ratios and weekly monotony", () => {
    loadRatios(inputs.load).forEach((day, i) => {
      expectNear(day.mean7, column("acute7_mean_polar_strain")[i]!, `mean7 ${i}`);
      expectNear(day.mean28, column("chronic28_mean_polar_tolerance")[i]!, `mean28 ${i}`);
      expectNear(day.mean21Before, column("chronic21_preceding_mean")[i]!, `mean21 ${i}`);
      expectNear(day.coupled, column("acwr_coupled")[i]!, `coupled ${i}`);
      expectNear(day.uncoupled, column("acwr_uncoupled")[i]!, `uncoupled ${i}`);
      const week = i >= 6 ? fosterWeek(inputs.load.slice(i - 6, i + 1)) : null;
      expectNear(week?.monotony ?? null, column("monotony7_ddof1")[i]!, `monotony ${i}`);
      expectNear(week?.strain ?? null, column("strain7_ddof1")[i]!, `strain ${i}`);
    });
  });

  test("an unknown load is not rest", () => {
    const [, second] = fitnessFatigue([100, null]);
    expect(second?.ctl).toBe(fitnessFatigue([100])[0]?.ctl);
    const gap = Array.from({ length: 28 }, (_, i) => (i === 10 ? null : 100));
    expect(loadRatios(gap).at(-1)).toMatchObject({ mean7: 100, mean28: null, coupled: null });
    expect(loadRatios(Array<number>(28).fill(0)).at(-1)).toMatchObject({ mean28: 0, coupled: null });
  });
});

test("Theil-Sen and Mann-Kendall", () => {
  type Trend = { theil_sen_slope_per_day: number; mann_kendall: Record<string, number> } | null;
  const { cases } = readOracle<{ cases: { name: string; y: Numbers; expected: Trend }[] }>("trend7_cases");
  for (const { name, y, expected } of cases) {
    expectNear(theilSenSlope(y), expected?.theil_sen_slope_per_day ?? null, name);
    const test = mannKendall(y);
    if (!expected || !test) {
      expect(test).toBe(expected);
      continue;
    }
    const { n, S, varS, z, p_two_sided, p_one_sided_decreasing } = expected.mann_kendall;
    expect([test.n, test.s]).toEqual([n, S]);
    expectNear(test.varS, varS!, `${name} varS`);
    expectNear(test.z, z!, `${name} z`);
    expectNear(test.pTwoSided, p_two_sided!, `${name} p`);
    expectNear(test.pOneSidedFalling, p_one_sided_decreasing!, `${name} one-sided p`);
  }
});
