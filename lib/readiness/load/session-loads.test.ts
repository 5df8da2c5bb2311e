import fc from "fast-check";
import { expect, test } from "vitest";
import { type LoadBody, type LoadSession, NEEDS, sessionLoads } from "./session-loads";
import { banisterTrimp } from "./trimp";

const body: LoadBody = { heartRateMaxBpm: 190, heartRateRestBpm: 50, sex: "male" };
const hour: LoadSession = {
  durationS: 3600,
  heartRate: { bpm: Array<number>(720).fill(150), intervalS: 5 },
  rpe: 7,
};

test("an hour at one heart rate weighs what the formulas say, whatever the interval of the samples", () => {
  const trimp = banisterTrimp({ minutes: 60, hrBpm: 150, hrRestBpm: 50, hrMaxBpm: 190, sex: "male" });
  const loads = sessionLoads(hour, body);
  expect(loads.banister).toBeCloseTo(trimp, 9);
  expect(loads).toMatchObject({ edwards: 180, "session-rpe": 420, missing: [] });
  const everyMinute = { ...hour, heartRate: { bpm: Array<number>(60).fill(150), intervalS: 60 } };
  expect(sessionLoads(everyMinute, body).banister).toBeCloseTo(trimp, 9);
});

test("what is missing is named, and only the kinds that need it are unknown", () => {
  expect(sessionLoads(hour, { ...body, sex: null })).toMatchObject({
    banister: null,
    edwards: 180,
    missing: ["sex"],
  });
  expect(sessionLoads({ ...hour, heartRate: null }, body)).toMatchObject({
    banister: null,
    edwards: null,
    "session-rpe": 420,
    missing: ["heart-rate"],
  });
  expect(sessionLoads({ ...hour, rpe: null }, { ...body, heartRateMaxBpm: null }).missing).toEqual([
    "heart-rate-max",
    "rpe",
  ]);
  expect(sessionLoads(hour, { ...body, heartRateRestBpm: 190 })).toMatchObject({
    banister: null,
    missing: ["heart-rate-range"],
  });
});

test("a strap that was silent for more than a tenth of the session leaves the load unknown, not small", () => {
  const silentFor = (share: number) => ({
    ...hour,
    heartRate: { bpm: Array.from({ length: 720 }, (_, i) => (i < share * 720 ? null : 150)), intervalS: 5 },
  });
  expect(sessionLoads(silentFor(0.1), body).edwards).toBeCloseTo(162, 9);
  expect(sessionLoads(silentFor(0.11), body)).toMatchObject({
    banister: null,
    edwards: null,
    missing: ["heart-rate"],
  });
});

test("a kind is known exactly when nothing that it needs is missing", () => {
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
  const session = fc.record({
    durationS: fc.integer({ min: 60, max: 7200 }),
    heartRate: maybe(
      fc.record({
        bpm: fc.array(maybe(fc.integer({ min: 0, max: 220 })), { maxLength: 200 }),
        intervalS: fc.constantFrom(1, 5, 60),
      }),
    ),
    rpe: maybe(fc.integer({ min: 1, max: 10 })),
  });
  const bodies = fc.record({
    heartRateMaxBpm: maybe(fc.integer({ min: 40, max: 220 })),
    heartRateRestBpm: maybe(fc.integer({ min: 30, max: 120 })),
    sex: maybe(fc.constantFrom("female" as const, "male" as const)),
  });
  fc.assert(
    fc.property(session, bodies, (session, body) => {
      const loads = sessionLoads(session, body);
      for (const kind of ["banister", "edwards", "session-rpe"] as const) {
        const isComplete = NEEDS[kind].every((input) => !loads.missing.includes(input));
        expect(loads[kind] !== null).toBe(isComplete);
        expect(loads[kind] ?? 0).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
