import { describe, expect, test } from "vitest";
import { expectNear, readOracle } from "../../tests/support/readiness/oracle";
import { correctArtefacts } from "./correct-artefacts";
import { malikFilter } from "./malik";
import { morningReading } from "./morning-reading";
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
    const result = malikFilter(rr_ms);
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
    expect(Math.abs(summariseRr(corrected.rrMs).rmssdMs! / sinus.expected.rmssd_ms! - 1)).toBeLessThan(0.02);
  });

  test("brings a spoiled recording back to within a tenth of the truth", () => {
    const reading = morningReading(spoiled.rr_ms);
    expect(spoiled.raw_rmssd! / spoiled.clean_rmssd!).toBeGreaterThan(2);
    expect(Math.abs(reading.rmssdMs! / spoiled.clean_rmssd! - 1)).toBeLessThan(0.1);
    expect(reading.quality).toBe("good");
    expect(reading.acceptedShare).toBeLessThan(1);
  });

  test("takes a missed beat apart and joins an extra one", () => {
    const rr = sinus.rr_ms;
    const missed = [...rr.slice(0, 100), rr[100]! + rr[101]!, ...rr.slice(102)];
    expect(correctArtefacts(missed)).toMatchObject({ found: { missed: 1, extra: 0 } });
    expect(correctArtefacts(missed).rrMs.length).toBe(300);
    const extra = [...rr.slice(0, 100), 400, rr[100]! - 400, ...rr.slice(101)];
    expect(correctArtefacts(extra)).toMatchObject({ found: { missed: 0, extra: 1 } });
    expect(correctArtefacts(extra).rrMs.length).toBe(300);
  });
});

describe("quality of a recording", () => {
  const spoil = (every: number) => sinus.rr_ms.map((rr, i) => (i % every === every - 1 ? rr * 0.6 : rr));

  test("good, poor, rejected", () => {
    expect(morningReading(sinus.rr_ms)).toMatchObject({ quality: "good", beats: 300 });
    expect(morningReading(spoil(12)).quality).toBe("poor");
    expect(morningReading(spoil(3)).quality).toBe("rejected");
    expect(morningReading(sinus.rr_ms.slice(0, 59)).quality).toBe("rejected");
  });

  test("intervals that are no numbers are left out", () => {
    expect(morningReading([...sinus.rr_ms, Number.NaN, 0, -5]).beats).toBe(300);
    expect(() => morningReading([Number.NaN])).toThrow(RangeError);
  });
});
