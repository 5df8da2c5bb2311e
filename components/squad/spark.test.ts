import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeMean, decodeNights, encodeSpark, MEAN_STEPS, NIGHT_STEPS, SPARK_DAYS } from "./spark-code";
import { meanPath, nightsPath } from "./sparkline";

const day = fc.option(fc.double({ min: -2.6, max: 2.7, noNaN: true }), { nil: null });
const days = fc.array(day, { minLength: SPARK_DAYS, maxLength: SPARK_DAYS });
const rest = { episodes: [], hasBand: true, count: 0, meanMs: 60 };
const none = () => Array<number | null>(SPARK_DAYS).fill(null);

describe("a sparkline as text", () => {
  it("keeps every night in its place, to the pixel it is drawn on", () => {
    fc.assert(
      fc.property(days, (nights) => {
        const back = decodeNights(encodeSpark({ ...rest, nights, mean7: none() }).nights);
        expect(back).toHaveLength(SPARK_DAYS);
        expectSteps(back, nights, NIGHT_STEPS);
      }),
    );
  });

  it("keeps every mean, to the step it is drawn in, whatever its nights are", () => {
    const week = fc.double({ min: -2, max: 2, noNaN: true });
    const means = fc.array(fc.option(week, { nil: null }), { minLength: SPARK_DAYS, maxLength: SPARK_DAYS });
    fc.assert(
      fc.property(days, means, (nights, mean7) => {
        const code = encodeSpark({ ...rest, nights, mean7 });
        const back = decodeMean(code.mean7, decodeNights(code.nights));
        expect(back).toHaveLength(SPARK_DAYS);
        expectSteps(back, mean7, MEAN_STEPS);
      }),
    );
  });

  it("writes the mean of its nights with few characters", () => {
    const nights = none().map((_, day) => Math.sin(day * 2.3));
    const mean7 = nights.map((_, day) => {
      const week = nights.slice(Math.max(0, day - 6), day + 1);
      return week.reduce((sum, s) => sum + s, 0) / week.length;
    });
    const code = encodeSpark({ ...rest, nights, mean7 });
    expect(new Set(code.mean7).size).toBeLessThanOrEqual(3);
  });

  it("needs no escape in JSON or HTML", () => {
    fc.assert(
      fc.property(days, (nights) => {
        const code = encodeSpark({ ...rest, nights, mean7: nights });
        for (const text of [code.nights, code.mean7]) {
          expect(JSON.stringify(text)).toBe(`"${text}"`);
          expect(text).not.toMatch(/[<>&'"\\]/);
        }
      }),
    );
  });

  it("draws what is off the scale at its edge", () => {
    const nights = none().with(0, 9).with(1, -9);
    const code = encodeSpark({ ...rest, nights, mean7: nights });
    expect(decodeNights(code.nights).slice(0, 2)).toEqual([11, -11]);
  });
});

describe("the paths of a sparkline", () => {
  it("leave today's night to its own dot", () => {
    const nights = none()
      .with(0, 0)
      .with(SPARK_DAYS - 1, 1);
    expect(nightsPath(nights)).toBe("M2.25 13h0");
  });

  it("write each night from the one before, over gaps too", () => {
    expect(nightsPath([2, null, -1, 0, 1])).toBe("M2.25 11h0m5.4 3h0m2.7-1h0");
  });

  it("break the mean where it is not defined", () => {
    expect(meanPath([0, 9, 8, null, 18])).toBe("M5 29l6-9 6 1M29 11");
  });
});

function expectSteps(back: (number | null)[], values: (number | null)[], perS: number): void {
  for (const [i, value] of values.entries()) {
    if (value === null) expect(back[i]).toBeNull();
    else expect(Math.abs(back[i]! - value * perS)).toBeLessThanOrEqual(0.5 + 1e-9);
  }
}
