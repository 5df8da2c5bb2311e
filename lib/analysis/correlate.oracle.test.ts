import { expect, test } from "vitest";
import { expectNear, readOracle } from "../../tests/support/readiness/oracle";
import { scoreDays } from "../readiness/score";
import { correlate, lagged } from "./correlate";
import { pearson } from "./pearson";

type Numbers = (number | null)[];
type Row = Record<string, number> & { pearson_ci95_fisher_neff: [number, number] };
type Daily = {
  inputs: Record<"rmssd_ms" | "load" | "sleep_h" | "stress", Numbers> & { date: string[] };
  expected: { correlations_vs_ln_deviation: Record<"load" | "sleep" | "stress", Row[]> };
};

const { inputs, expected } = readOracle<Daily>("daily_clean_90");
const deviation = scoreDays({
  settings: { baselineDays: 60, preset: "brief" },
  days: inputs.date.map((date, i) => ({ date, rmssdMs: inputs.rmssd_ms[i]!, load: inputs.load[i]! })),
}).map(({ x, baseline }) => (x === null || baseline.grade !== "firm" ? null : x - baseline.mean!));
const drivers = { load: inputs.load, sleep: inputs.sleep_h, stress: inputs.stress };

/** Read literally: the share of all rotations of the given series that correlate at least as strongly as the first does. */
function shareAsStrong(driver: Numbers, series: Numbers[]): number {
  const size = Math.abs(pearsonOf(driver)!);
  const rotations = series.flatMap((values) =>
    values.map((_, shift) => [
      ...values.slice(values.length - shift),
      ...values.slice(0, values.length - shift),
    ]),
  );
  const isAsStrong = (values: Numbers) => Math.abs(pearsonOf(values) ?? 0) >= size;
  return rotations.filter((values, i) => i === 0 || isAsStrong(values)).length / rotations.length;
}

function pearsonOf(driver: Numbers): number | null {
  const days = driver.flatMap((value, day) => (value === null || deviation[day] === null ? [] : [day]));
  return pearson(
    days.map((day) => driver[day]!),
    days.map((day) => deviation[day]!),
  );
}

test.each(["load", "sleep", "stress"] as const)("deviation from baseline against %s", (driver) => {
  for (const row of expected.correlations_vs_ln_deviation[driver]) {
    const found = correlate(deviation, lagged(drivers[driver], row.lag!))!;
    const what = `${driver}, lag ${row.lag}`;
    expect(found.n).toBe(row.n);
    expectNear(found.r, row.pearson_r!, what);
    expectNear(found.pIndependent, row.pearson_p_t!, `${what} p`);
    expectNear(found.rho, row.spearman_rho!, `${what} rho`);
    expectNear(found.rhoPIndependent, row.spearman_p_t!, `${what} p of rho`);
    expectNear(found.nEffective, row.n_eff_bartlett!, `${what} effective n`);
    expectNear(found.low, row.pearson_ci95_fisher_neff[0], `${what} low`);
    expectNear(found.high, row.pearson_ci95_fisher_neff[1], `${what} high`);
    const driven = lagged(drivers[driver], row.lag!);
    expectNear(shareAsStrong(driven, [driven]), row.circular_shift_p!, `${what} circular p, one way`);
    expectNear(found.pCircular, shareAsStrong(driven, [driven, driven.toReversed()]), `${what} circular p`);
  }
});
