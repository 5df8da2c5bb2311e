import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  extra,
  fibrillation,
  missed,
  oneWrong,
  prematureEvery,
  rmssd,
  sinus,
} from "../../tests/support/hrv/recordings";
import { type MorningReading, morningReading } from "./morning-reading";

const SEEDS = Array.from({ length: 6 }, (_, i) => i + 1);
const steady = (seed: number, rmssdMs = 40) => sinus({ rrMs: 1000, rmssdMs, seed });

/** How far an estimate is from the truth: 1 is there. */
const share = (reading: MorningReading, truth: readonly number[]) => (reading.rmssdMs ?? 0) / rmssd(truth);
const qualities = (recordings: number[][]) => new Set(recordings.map((rr) => morningReading(rr).quality));

describe("clean recordings", () => {
  test.each([
    [30, 60],
    [30, 110],
    [40, 90],
    [48, 40],
    [60, 16],
    [60, 60],
    [60, 130],
    [75, 8],
    [90, 45],
    [120, 10],
    [150, 3],
    [150, 12],
  ])("of %i bpm with an RMSSD of %i ms are never rejected and told to an eighth", (bpm, rmssdMs) => {
    for (const breathHz of [0.1, 0.16, 0.22, 0.28]) {
      for (const seed of SEEDS) {
        const rr = sinus({ rrMs: 60_000 / bpm, rmssdMs, seed, breathHz });
        const reading = morningReading(rr);
        expect(reading.quality, `${breathHz} Hz, seed ${seed}`).not.toBe("rejected");
        expect(Math.abs(share(reading, rr) - 1), `${breathHz} Hz, seed ${seed}`).toBeLessThan(0.125);
      }
    }
  });

  test.each([180, 200, 220, 250])(
    "of very vagal athletes, RR 1250 ms and RMSSD %i ms, are readings",
    (ms) => {
      const readings = [0.1, 0.15, 0.2, 0.25, 0.3].flatMap((breathHz) =>
        SEEDS.map((seed) => {
          const rr = sinus({ rrMs: 1250, rmssdMs: ms, seed, breathHz, breathing: 0.97 });
          const reading = morningReading(rr);
          expect(Math.abs(share(reading, rr) - 1)).toBeLessThan(0.05);
          return reading.quality;
        }),
      );
      expect(readings).not.toContain("rejected");
      expect(readings.filter((quality) => quality === "good").length / readings.length).toBeGreaterThan(0.85);
    },
  );
});

describe("hearts that stumble", () => {
  test.each([8, 9, 10, 11, 12, 13, 14, 15])("a premature beat every %i is never good", (every) => {
    for (const rmssdMs of [8, 16, 40, 80])
      for (const early of [0.2, 0.25, 0.3, 0.4])
        for (const seed of SEEDS) {
          const truth = steady(seed, rmssdMs);
          const reading = morningReading(prematureEvery(truth, every, early));
          expect(reading.quality, `${rmssdMs} ms, early ${early}, seed ${seed}`).not.toBe("good");
        }
  });

  test("a premature beat every ten leaves the RMSSD of the beats between, not ten times as much", () => {
    for (const seed of SEEDS) {
      const truth = steady(seed, 16);
      const spoilt = prematureEvery(truth, 10, 0.3);
      expect(rmssd(spoilt) / rmssd(truth)).toBeGreaterThan(10);
      const reading = morningReading(spoilt);
      expect(reading).toMatchObject({ quality: "poor", reasons: ["artefacts"] });
      expect(Math.abs(share(reading, truth) - 1)).toBeLessThan(0.15);
    }
  });

  test.each([2, 3, 4])("a premature beat every %i, a third early, is rejected", (every) => {
    expect(qualities(SEEDS.map((seed) => prematureEvery(steady(seed), every, 0.33)))).toEqual(
      new Set(["rejected"]),
    );
  });

  test.each([
    [600, 0.2],
    [750, 0.22],
    [900, 0.25],
  ])("no rhythm at all, around %i ms, is rejected", (rrMs, variation) => {
    const recordings = SEEDS.map((seed) => fibrillation({ rrMs, variation, seed }));
    expect(qualities(recordings)).toEqual(new Set(["rejected"]));
    for (const rr of recordings) expect(morningReading(rr).reasons).toContain("estimates-differ");
  });
});

describe("straps that miss and invent", () => {
  test.each([
    ["two in a hundred missed", (rr: number[], seed: number) => missed(rr, 0.02, seed), ["good", "poor"]],
    ["one in a hundred invented", (rr: number[], seed: number) => extra(rr, 0.01, seed), ["good", "poor"]],
    ["a third missed", (rr: number[], seed: number) => missed(rr, 0.33, seed), ["rejected"]],
    ["half missed", (rr: number[], seed: number) => missed(rr, 0.5, seed), ["rejected"]],
    ["a third invented", (rr: number[], seed: number) => extra(rr, 0.33, seed), ["rejected"]],
  ] as const)("%s", (_name, spoil, allowed) => {
    for (const rmssdMs of [20, 60])
      for (const seed of SEEDS) {
        const truth = steady(seed, rmssdMs);
        const reading = morningReading(spoil(truth, seed));
        expect(allowed, `${rmssdMs} ms, seed ${seed}`).toContain(reading.quality);
        if (reading.quality === "good") expect(Math.abs(share(reading, truth) - 1)).toBeLessThan(0.1);
      }
  });

  const places = [0, 1, 2, 120, -3, -2, -1];
  test.each(places)("one wrong interval at %i changes neither quality nor RMSSD", (at) => {
    for (const factor of [0.3, 0.5, 0.7, 1.4, 2, 3, 5])
      for (const seed of SEEDS) {
        const truth = steady(seed);
        const reading = morningReading(oneWrong(truth, at, factor));
        expect(reading.quality, `x ${factor}, seed ${seed}`).toBe("good");
        expect(Math.abs(share(reading, truth) - 1), `x ${factor}, seed ${seed}`).toBeLessThan(0.06);
      }
  });
});

describe("beats that are not in the file", () => {
  const rr = steady(1);
  const coverage = (share: number) => morningReading(rr, { coverage: share, afterGap: new Set() });

  test("by the time beside them", () => {
    expect(coverage(1)).toMatchObject({ quality: "good", reasons: [], coverage: 1 });
    expect(coverage(0.95)).toMatchObject({ quality: "good", reasons: [] });
    expect(coverage(0.949)).toMatchObject({ quality: "poor", reasons: ["gaps"] });
    expect(coverage(0.8)).toMatchObject({ quality: "poor", reasons: ["gaps"] });
    expect(coverage(0.5)).toMatchObject({ quality: "rejected", reasons: ["gaps"] });
  });

  test("no difference is taken across a gap", () => {
    const halves = [...rr.slice(0, 100), ...rr.slice(100).map((value) => value + 150)];
    const bridged = morningReading(halves);
    const apart = morningReading(halves, { coverage: null, afterGap: new Set([100]) });
    expect(apart.secondEstimateMs).toBeLessThan(bridged.secondEstimateMs!);
  });
});

describe("length", () => {
  test("fewer than 60 beats are rejected, 60 are not", () => {
    expect(morningReading(steady(3).slice(0, 59))).toMatchObject({
      quality: "rejected",
      reasons: ["too-few"],
    });
    expect(morningReading([812])).toMatchObject({ quality: "rejected", reasons: ["too-few"] });
    expect(morningReading(steady(3).slice(0, 60)).quality).toBe("good");
  });

  test("more than twenty minutes are rejected, with the figures of the first twenty", () => {
    const long = sinus({ rrMs: 1000, rmssdMs: 40, seed: 5, beats: 3000 });
    const reading = morningReading(long);
    expect(reading).toMatchObject({ quality: "rejected", reasons: ["too-many"], beats: 3000 });
    expect(reading.durationS).toBeCloseTo(long.reduce((sum, value) => sum + value, 0) / 1000, 6);
    expect(morningReading(sinus({ rrMs: 1000, rmssdMs: 40, seed: 5, beats: 1190 })).quality).toBe("good");
  });

  test("a night is not reckoned longer than its first twenty minutes", () => {
    const night = sinus({ rrMs: 1000, rmssdMs: 40, seed: 6, beats: 2000 });
    const hundred = Array.from({ length: 100_000 }, (_, i) => night[i % 2000]!);
    const before = process.cpuUsage();
    morningReading(hundred);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(1);
  });
});

describe("properties", () => {
  const hearts = fc.record({
    rrMs: fc.integer({ min: 550, max: 1400 }),
    rmssdMs: fc.integer({ min: 15, max: 90 }),
    seed: fc.integer({ min: 1, max: 100_000 }),
  });

  test("a constant scale scales the estimates and leaves the quality", () => {
    fc.assert(
      fc.property(hearts, fc.double({ min: 0.8, max: 1.25, noNaN: true }), (heart, scale) => {
        const rr = sinus(heart);
        const plain = morningReading(rr);
        const scaled = morningReading(rr.map((value) => value * scale));
        expect(scaled.rmssdMs! / plain.rmssdMs!).toBeCloseTo(scale, 9);
        expect(scaled.secondEstimateMs! / plain.secondEstimateMs!).toBeCloseTo(scale, 9);
        expect([scaled.quality, scaled.acceptedShare]).toEqual([plain.quality, plain.acceptedShare]);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test("one premature beat with its pause, anywhere, moves RMSSD by less than a tenth", () => {
    fc.assert(
      fc.property(hearts, fc.double({ min: 0, max: 0.999, noNaN: true }), (heart, where) => {
        const rr = sinus({ ...heart, rmssdMs: Math.min(heart.rmssdMs, heart.rrMs * 0.06) });
        const at = Math.floor(where * (rr.length - 1));
        const byMs = Math.round(0.35 * rr[at]!);
        const spoilt = rr.map((value, i) => (i === at ? value - byMs : i === at + 1 ? value + byMs : value));
        const ratio = morningReading(spoilt).rmssdMs! / morningReading(rr).rmssdMs!;
        expect(Math.abs(ratio - 1)).toBeLessThan(0.1);
      }),
      { numRuns: 200, seed: 2 },
    );
  });

  test("a recording cut at either end stays near", () => {
    const cuts = fc.tuple(fc.integer({ min: 0, max: 25 }), fc.integer({ min: 0, max: 25 }));
    fc.assert(
      fc.property(hearts, cuts, (heart, [first, last]) => {
        const rr = sinus(heart);
        const whole = morningReading(rr);
        const cut = morningReading(rr.slice(first, rr.length - last));
        expect(Math.abs(cut.rmssdMs! / whole.rmssdMs! - 1)).toBeLessThan(0.12);
        expect(cut.quality).not.toBe("rejected");
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  test("the same beats backwards are as good", () => {
    fc.assert(
      fc.property(hearts, (heart) => {
        const rr = sinus(heart);
        const there = morningReading(rr);
        const back = morningReading(rr.toReversed());
        expect(back.secondEstimateMs).toBeCloseTo(there.secondEstimateMs!, 9);
        expect(Math.abs(back.rmssdMs! / there.rmssdMs! - 1)).toBeLessThan(0.1);
      }),
      { numRuns: 60, seed: 4 },
    );
  });
});
