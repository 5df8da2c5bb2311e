import { describe, expect, test } from "vitest";
import { expectNear, readOracle } from "../../tests/support/readiness/oracle";
import { correctArtefacts } from "./correct-artefacts";
import { judge, morningReading } from "./morning-reading";
import { plainRule } from "./plain-rule";
import { summariseRr } from "./rr-summary";

type Oracle = {
  cases: { name: string; rr_ms: number[]; expected: Record<string, number> }[];
  artefact_cases: {
    name: string;
    rr_ms: number[];
    clean_rmssd?: number;
    raw_rmssd?: number;
    expected: { accepted: boolean[]; accepted_fraction: number; n_pairs: number; rmssd_ms: number };
  }[];
};

const oracle = readOracle<Oracle>("rr_rmssd");
const caseOf = (name: string) => oracle.cases.find((entry) => entry.name === name)!;
const sinus = caseOf("sinus_300_beats");
const spoiled = oracle.artefact_cases.find((entry) => entry.name === "sinus_with_4_artefacts")!;

describe("clean series", () => {
  test.each(oracle.cases)("$name", ({ rr_ms, expected }) => {
    const summary = summariseRr(rr_ms);
    expect(summary.beats).toBe(expected.n_rr);
    expectNear(summary.meanRrMs, expected.mean_rr_ms!, "mean RR");
    expectNear(summary.meanHrBpm, expected.mean_hr_bpm!, "mean HR");
    expectNear(summary.sdnnMs, expected.sdnn_ms_ddof1!, "SDNN");
    expectNear(summary.rmssdMs, expected.rmssd_ms!, "RMSSD");
    expectNear(summary.lnRmssd, expected.ln_rmssd!, "ln RMSSD");
  });

  test("one interval has a rate but no variability", () => {
    expect(summariseRr([1000])).toMatchObject({ meanHrBpm: 60, sdnnMs: null, rmssdMs: null, lnRmssd: null });
    expect(summariseRr([900, 900])).toMatchObject({ rmssdMs: 0, lnRmssd: null });
    expect(() => summariseRr([])).toThrow(RangeError);
  });
});

describe("the 20 % rule", () => {
  test.each(oracle.artefact_cases)("$name", ({ rr_ms, expected }) => {
    const result = plainRule(rr_ms);
    expect(result.accepted).toEqual(expected.accepted);
    expect(result.pairs).toBe(expected.n_pairs);
    expectNear(result.acceptedShare, expected.accepted_fraction, "accepted share");
    expectNear(result.rmssdMs, expected.rmssd_ms, "RMSSD");
  });
});

describe("correction after Lipponen and Tarvainen", () => {
  test("leaves clean sinus rhythm all but alone", () => {
    const corrected = correctArtefacts(sinus.rr_ms);
    expect(corrected.acceptedShare).toBeGreaterThan(0.99);
    expect(Math.abs(corrected.rmssdMs! / sinus.expected.rmssd_ms! - 1)).toBeLessThan(0.02);
  });

  test("brings a spoiled recording back to within a fiftieth of the truth", () => {
    const reading = morningReading(spoiled.rr_ms);
    expect(spoiled.raw_rmssd! / spoiled.clean_rmssd!).toBeGreaterThan(2);
    expect(Math.abs(reading.rmssdMs! / spoiled.clean_rmssd! - 1)).toBeLessThan(0.02);
    expect(reading.quality).toBe("good");
    expect(reading.acceptedShare).toBeLessThan(1);
  });

  test("takes a missed beat apart and joins an extra one", () => {
    const rr = sinus.rr_ms;
    const missed = [...rr.slice(0, 100), rr[100]! + rr[101]!, ...rr.slice(102)];
    expect(correctArtefacts(missed)).toMatchObject({ found: { missed: 1, extra: 0 } });
    // One interval of the clean recording itself is left out.
    expect(correctArtefacts(missed).rrMs.length).toBe(correctArtefacts(rr).rrMs.length);
    const extra = [...rr.slice(0, 100), 400, rr[100]! - 400, ...rr.slice(101)];
    expect(correctArtefacts(extra)).toMatchObject({ found: { missed: 0, extra: 1 } });
    expect(correctArtefacts(extra).rrMs.length).toBe(correctArtefacts(rr).rrMs.length);
    // Both halves were touched, and their sum is the interval that was there.
    expect(correctArtefacts(extra).acceptedShare).toBeCloseTo(298 / 301, 9);
  });
});

describe("quality of a recording", () => {
  const spoil = (every: number) => sinus.rr_ms.map((rr, i) => (i % every === every - 1 ? rr * 0.6 : rr));

  test("good, poor, rejected", () => {
    expect(morningReading(sinus.rr_ms)).toMatchObject({ quality: "good", beats: 300, reasons: [] });
    expect(morningReading(spoil(12))).toMatchObject({ quality: "poor", reasons: ["artefacts"] });
    expect(morningReading(spoil(3)).quality).toBe("rejected");
    expect(morningReading(sinus.rr_ms.slice(0, 59)).quality).toBe("rejected");
  });

  const fine = { beats: 300, isCut: false, acceptedShare: 1, coverage: 1, ratio: 1 };
  test.each([
    [{}, "good", []],
    [{ acceptedShare: 0.95, coverage: 0.95, ratio: 0.8 }, "good", []],
    [{ ratio: 1.25, coverage: null }, "good", []],
    [{ acceptedShare: 0.9499 }, "poor", ["artefacts"]],
    [{ coverage: 0.9499 }, "poor", ["gaps"]],
    [{ ratio: 0.7999 }, "poor", ["estimates-differ"]],
    [{ ratio: 1.2501 }, "poor", ["estimates-differ"]],
    [{ acceptedShare: 0.8, coverage: 0.8, ratio: 1.5 }, "poor", ["artefacts", "estimates-differ", "gaps"]],
    [{ ratio: 0.67 }, "poor", ["estimates-differ"]],
    [{ beats: 60 }, "good", []],
    [{ beats: 59 }, "rejected", ["too-few"]],
    [{ isCut: true }, "rejected", ["too-many"]],
    [{ acceptedShare: 0.7999 }, "rejected", ["artefacts"]],
    [{ coverage: 0.7999 }, "rejected", ["gaps"]],
    [{ ratio: 0.6699 }, "rejected", ["estimates-differ"]],
    [{ ratio: 1.5001 }, "rejected", ["estimates-differ"]],
    [{ ratio: null }, "rejected", ["estimates-differ"]],
    [{ ratio: 1.5001, acceptedShare: 0.9 }, "rejected", ["artefacts", "estimates-differ"]],
  ] as const)("the table: %j is %s", (of, quality, reasons) => {
    expect(judge({ ...fine, ...of })).toEqual({ quality, reasons });
  });

  test("an interval that is no positive number is a fault of whoever read it", () => {
    for (const wrong of [Number.NaN, 0, -5]) expect(() => morningReading([800, wrong])).toThrow(RangeError);
    expect(() => morningReading([])).toThrow(RangeError);
  });
});
