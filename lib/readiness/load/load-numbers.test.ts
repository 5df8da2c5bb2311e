import fc from "fast-check";
import { expect, test } from "vitest";
import { expectNear, readOracle } from "../../../tests/support/readiness/oracle";
import { addDays } from "../../time/civil-date";
import { scoreDays } from "../score";
import { fitnessFatigue } from "./fitness-fatigue";
import { loadNumbers } from "./load-numbers";

type Daily = { inputs: { load: number[] }; expected: { load: Record<string, (number | null)[]> } };

test("ninety days of load, evening by evening", () => {
  const { inputs, expected } = readOracle<Daily>("daily_clean_90");
  const column = (name: string) => expected.load[name]!;
  for (let day = 0; day < inputs.load.length; day++) {
    const numbers = loadNumbers(inputs.load.slice(0, day + 1));
    expectNear(numbers.sum7?.sum ?? null, column("sum7")[day]!, `sum7 ${day}`);
    expectNear(numbers.mean7, column("acute7_mean_polar_strain")[day]!, `mean7 ${day}`);
    expectNear(numbers.mean28, column("chronic28_mean_polar_tolerance")[day]!, `mean28 ${day}`);
    expectNear(numbers.ewma7, column("ewma7")[day]!, `ewma7 ${day}`);
    expectNear(numbers.ewma28, column("ewma28")[day]!, `ewma28 ${day}`);
    expectNear(numbers.monotony, column("monotony7_ddof1")[day]!, `monotony ${day}`);
    expectNear(numbers.strain, column("strain7_ddof1")[day]!, `strain ${day}`);
    expectNear(numbers.coupled, column("acwr_coupled")[day]!, `coupled ${day}`);
    expectNear(numbers.uncoupled, column("acwr_uncoupled")[day]!, `uncoupled ${day}`);
    expectNear(numbers.fitness!.ctl, column("ctl42_exp")[day]!, `ctl ${day}`);
    if (day + 1 < inputs.load.length)
      expectNear(numbers.fitness!.tsb, column("tsb_exp_yesterday")[day + 1]!, `tsb ${day}`);
  }
});

test("an unknown day is left out of sums, which say so, and leaves means and the change untold", () => {
  const loads = Array.from({ length: 28 }, (_, day) => (day === 25 ? null : 100));
  expect(loadNumbers(loads)).toMatchObject({
    sum7: { sum: 600, known: 6, of: 7 },
    before7: { sum: 700, known: 7 },
    sum28: { sum: 2700, known: 27, of: 28 },
    mean7: null,
    mean28: null,
    ewma7: 100,
    changePercent: null,
    monotony: null,
    coupled: null,
  });
});

test("nothing is made of days that are not there", () => {
  expect(loadNumbers([])).toMatchObject({ sum7: null, ewma7: null, fitness: null, coupled: null });
  expect(loadNumbers([90])).toMatchObject({ sum7: null, ewma7: 90, fitness: { settling: true } });
});

test("the sums and weighted means are those the rules compare the morning after, whatever is unknown", () => {
  const days = fc.array(fc.option(fc.integer({ min: 0, max: 400 }), { nil: null }), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(days, (loads) => {
      const history = [...loads, null].map((load, day) => ({
        date: addDays("2026-01-01", day),
        rmssdMs: null,
        load,
      }));
      const { load } = scoreDays({ settings: { baselineDays: 60, preset: "brief" }, days: history }).at(-1)!;
      const numbers = loadNumbers(loads);
      expect([numbers.ewma7, numbers.ewma28]).toEqual([load.ewma7, load.ewma28]);
      if (load.sum7 !== null) expect(numbers.sum7).toEqual({ sum: load.sum7, known: load.known7, of: 7 });
      expect(numbers.fitness?.tsb).toBe(fitnessFatigue([...loads, null]).at(-1)?.tsb);
    }),
  );
});
