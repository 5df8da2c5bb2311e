import { describe, expect, test } from "vitest";
import { readScenario } from "../scenario";
import { sampleSeriesOf, sampleTypesOf, zonesOf } from "./samples";
import { sessionOf } from "./session";

const athlete = readScenario("small").athletes.find((a) => a.login === "chi");
if (!athlete) throw new Error("the small scenario lost its athlete");
const day = { device: athlete.device, utcOffsetMinutes: 120 };
const plan = {
  id: 7,
  date: "2026-11-10",
  startMinute: 600,
  cardioLoad: 100,
  sport: "ROAD_RUNNING",
  strap: true,
};
const session = sessionOf(athlete, day, plan);

/** Banister's impulse of a heart rate series, women's weights. */
function banister(heartRate: number[], restingHr: number, maximumHr: number): number {
  return heartRate.reduce((sum, bpm) => {
    const share = (bpm - restingHr) / (maximumHr - restingHr);
    return sum + (5 / 60) * share * 0.86 * Math.exp(1.67 * share);
  }, 0);
}

describe("a session", () => {
  test("its heart rate yields its cardio load within a quarter", () => {
    const load = banister(session.heartRate, athlete.restingHr, athlete.maximumHr);
    expect(load).toBeGreaterThan(75);
    expect(load).toBeLessThan(125);
  });

  test("is the same every time it is made", () => {
    expect(sessionOf(athlete, day, plan)).toEqual(session);
  });

  test("every series but RR has a value for each recording interval", () => {
    for (const type of sampleTypesOf(session)) {
      const { data, rateS } = sampleSeriesOf(session, type);
      if (rateS !== null) expect(data.split(",")).toHaveLength(session.heartRate.length);
    }
    expect(sampleTypesOf(session)).toEqual([0, 1, 3, 8, 9, 10, 11]);
  });

  test("the distance ends where the session says", () => {
    const { data } = sampleSeriesOf(session, 10);
    expect(Number(data.split(",").at(-1))).toBeCloseTo(session.distanceM ?? 0, 0);
  });

  test("time in zones does not exceed its length", () => {
    const seconds = zonesOf(session, athlete.maximumHr).reduce((sum, zone) => sum + zone.seconds, 0);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds * 1000).toBeLessThanOrEqual(session.durationMs);
  });
});
