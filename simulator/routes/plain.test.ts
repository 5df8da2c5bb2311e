import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays } from "../civil";
import type { RunningSimulator } from "../server";
import { type Connected, call, connected, control, startSmall, today } from "../test-support";

let sim: RunningSimulator;
let aino: Connected;
let bram: Connected;
beforeAll(async () => {
  sim = await startSmall({ knobs: { rateLimits: { per15Minutes: 100_000, perDay: 100_000 } } });
  aino = await connected(sim, "aino");
  bram = await connected(sim, "bram");
});
afterAll(() => sim.close());

type Item = Record<string, unknown> & { date: string };

describe("exercises", () => {
  test("snake_case outside, kebab-case in zones, samples and load; details only when asked", async () => {
    const bare = (await aino.get("/v3/exercises")).json;
    const full = (await aino.get("/v3/exercises?samples=true&zones=true&route=true")).json;
    expect(bare.length).toBeGreaterThan(50);
    expect(full).toHaveLength(bare.length);
    expect(Object.keys(bare[0]).filter((key) => key.includes("-") && key !== "running-index")).toEqual([]);
    expect(bare[0]).not.toHaveProperty("samples");
    const run = full.find((e: { sport: string }) => e.sport === "RUNNING");
    expect(run.heart_rate_zones[0]).toEqual({
      index: 1,
      "lower-limit": expect.any(Number),
      "upper-limit": expect.any(Number),
      "in-zone": expect.stringMatching(/^PT/),
    });
    expect(run.samples[0]).toMatchObject({ "recording-rate": 5, "sample-type": "0" });
    expect(run.route[1].time).toBe("PT5.000S");
    expect(run.training_load_pro).toMatchObject({ "cardio-load": expect.any(Number), "muscle-load": -1 });
    expect(run["running-index"]).toBeGreaterThan(0);
  });

  test("the start is the wall clock: start minus offset plus duration is before the upload", async () => {
    for (const e of (await aino.get("/v3/exercises")).json) {
      const startUtc = Date.parse(`${e.start_time}Z`) - e.start_time_utc_offset * 60_000;
      const gapMs = Date.parse(e.upload_time) - startUtc;
      expect(gapMs).toBeGreaterThan(0);
      expect(gapMs).toBeLessThan(6 * 3_600_000);
    }
  });

  test("heart rate samples agree with the average", async () => {
    const [e] = (await aino.get("/v3/exercises?samples=true")).json;
    const beats: number[] = e.samples[0].data
      .split(",")
      .map(Number)
      .filter((bpm: number) => bpm > 0);
    const mean = beats.reduce((sum, bpm) => sum + bpm, 0) / beats.length;
    expect(Math.abs(mean - e.heart_rate.average)).toBeLessThan(2);
    expect(Math.max(...beats)).toBe(e.heart_rate.maximum);
  });

  test("a device without training load pro leaves it out", async () => {
    const [e] = (await bram.get("/v3/exercises")).json;
    expect(e.device).toBe("Polar 360");
    expect(e).not.toHaveProperty("training_load_pro");
    expect(e.has_route).toBe(false);
  });

  test("one by its hash, its files, and 404 for what is not there", async () => {
    const list = (await aino.get("/v3/exercises")).json;
    const outdoor = list.find((e: { has_route: boolean }) => e.has_route);
    expect((await aino.get(`/v3/exercises/${outdoor.id}`)).json).toEqual(outdoor);
    expect((await aino.get(`/v3/exercises/${outdoor.id}/gpx`)).text).toContain("<trkpt");
    expect((await aino.get(`/v3/exercises/${outdoor.id}/tcx`)).status).toBe(200);
    const indoor = list.find((e: { has_route: boolean }) => !e.has_route);
    expect((await aino.get(`/v3/exercises/${indoor.id}/gpx`)).status).toBe(404);
    expect((await aino.get("/v3/exercises/nosuchid")).status).toBe(404);
  });

  test("the same session has an int id in a transaction and a hash here", async () => {
    const hashes = (await bram.get("/v3/exercises")).json.map((e: { id: string }) => e.id);
    const { json } = await call(`${sim.url}/_sim/oracle?login=bram`);
    expect(json.users.bram.families.exercises.available.count).toBe(hashes.length);
    expect(hashes.every((id: string) => /^[0-9A-Za-z]{8}$/.test(id))).toBe(true);
  });

  test("ninety days with samples and zones take less than a second of work", async () => {
    const before = process.cpuUsage();
    await aino.get("/v3/exercises?samples=true&zones=true");
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1000);
  });
});

describe("sleep and nightly recharge", () => {
  test("stages and interruptions add up to the night, to the second", async () => {
    const { nights } = (await aino.get("/v3/users/sleep/")).json;
    expect(nights.length).toBeGreaterThan(80);
    for (const n of nights) {
      const lengthS = (Date.parse(n.sleep_end_time) - Date.parse(n.sleep_start_time)) / 1000;
      const parts =
        n.light_sleep +
        n.deep_sleep +
        n.rem_sleep +
        n.unrecognized_sleep_stage +
        n.total_interruption_duration;
      expect(parts).toBe(lengthS);
      expect(n.short_interruption_duration + n.long_interruption_duration).toBe(
        n.total_interruption_duration,
      );
      expect(n.sleep_end_time.slice(0, 10)).toBe(n.date);
    }
  });

  test("the hypnogram is keyed by the wall clock from the start on, across midnight", async () => {
    const night = (await aino.get(`/v3/users/sleep/${today}`)).json;
    const keys = Object.keys(night.hypnogram);
    expect(keys[0]).toBe(night.sleep_start_time.slice(11, 16));
    expect(keys.every((key) => /^([01]\d|2[0-3]):[0-5]\d$/.test(key))).toBe(true);
    expect(night.sleep_start_time.slice(0, 10)).toBe(addDays(today, -1));
  });

  test("the first nights carry Polar's sentinels", async () => {
    const { nights } = (await aino.get("/v3/users/sleep")).json;
    expect(nights.at(-1)).toMatchObject({
      continuity: 0,
      continuity_class: 0,
      sleep_score: 0,
      sleep_charge: -1,
    });
    const { recharges } = (await aino.get("/v3/users/nightly-recharge/")).json;
    expect(recharges.at(-1)).toMatchObject({
      nightly_recharge_status: 0,
      ans_charge: 0,
      ans_charge_status: 0,
    });
  });

  test("the recharge has RMSSD, five-minute series of four hours, and no sleep charge", async () => {
    const recharge = (await aino.get(`/v3/users/nightly-recharge/${today}`)).json;
    expect(Object.keys(recharge.hrv_samples)).toHaveLength(48);
    expect(recharge).not.toHaveProperty("sleep_charge");
    const values: number[] = Object.values(recharge.hrv_samples);
    const mean = values.reduce((sum, ms) => sum + ms, 0) / values.length;
    expect(Math.abs(mean / recharge.heart_rate_variability_avg - 1)).toBeLessThan(0.15);
    expect(Math.round(60_000 / recharge.heart_rate_avg)).toBe(recharge.beat_to_beat_avg);
  });

  test("no night is 404, no date is 400", async () => {
    expect((await aino.get("/v3/users/sleep/2020-01-01")).status).toBe(404);
    expect((await aino.get("/v3/users/sleep/20-11")).status).toBe(400);
    expect((await aino.get("/v3/users/nightly-recharge/2020-01-01")).status).toBe(404);
    expect((await aino.get("/v3/users/nightly-recharge/2026-02-30")).status).toBe(400);
  });

  test("the available list names the same nights", async () => {
    const { available } = (await aino.get("/v3/users/sleep/available")).json;
    const { nights } = (await aino.get("/v3/users/sleep")).json;
    expect(available.map((a: Item) => a.date)).toEqual(nights.map((n: Item) => n.date));
  });
});

describe("activities", () => {
  test("a list with naive times and no date, samples when asked", async () => {
    const list = (
      await aino.get(
        `/v3/users/activities?from=${addDays(today, -6)}&to=${today}&steps=true&inactivity_stamps=true`,
      )
    ).json;
    expect(list).toHaveLength(7);
    expect(list[0]).not.toHaveProperty("date");
    expect(list[0].start_time).toBe(`${addDays(today, -6)}T00:00`);
    expect(list[0].samples.steps.total_steps).toBe(list[0].steps);
    expect(list[0].samples.inactivity_stamps[0]).toHaveProperty("stamp");
    expect(list[0].samples).not.toHaveProperty("activity_zones");
  });

  test("consecutive equal step values are left out; filled in they add up to the day", async () => {
    const { steps } = (await aino.get(`/v3/users/activities/samples/${addDays(today, -1)}`)).json;
    const minuteOf = (stamp: string) => Number(stamp.slice(11, 13)) * 60 + Number(stamp.slice(14, 16));
    let total = 0;
    steps.samples.forEach((sample: { steps: number; timestamp: string }, i: number) => {
      const next = steps.samples[i + 1];
      const until = next ? minuteOf(next.timestamp) : 1439;
      if (next) expect(next.steps).not.toBe(sample.steps);
      total += sample.steps * (until - minuteOf(sample.timestamp));
    });
    expect(total).toBe(steps.total_steps);
  });

  test("nothing by date is 204, nothing in a list is [], bad ranges are 400", async () => {
    const old = addDays(today, -200);
    expect((await aino.get(`/v3/users/activities/${old}`)).status).toBe(204);
    expect((await aino.get(`/v3/users/activities/samples/${old}`)).status).toBe(204);
    expect((await aino.get(`/v3/users/activities?from=${old}&to=${old}`)).json).toEqual([]);
    expect((await aino.get(`/v3/users/activities?from=${addDays(today, -100)}&to=${today}`)).status).toBe(
      400,
    );
    expect((await aino.get(`/v3/users/activities?from=${today}&to=${addDays(today, -1)}`)).status).toBe(400);
    expect((await aino.get(`/v3/users/activities/${addDays(today, -400)}`)).status).toBe(400);
  });
});

describe("cardio load", () => {
  test("every form is a bare array with an entry a day, sentinels where there is nothing", async () => {
    expect((await aino.get("/v3/users/cardio-load/")).json).toHaveLength(90);
    const half = (await aino.get("/v3/users/cardio-load/period/days/180")).json;
    expect(half).toHaveLength(180);
    expect(half[0].date).toBe(today);
    expect(half.at(-1)).toEqual({
      date: addDays(today, -179),
      cardio_load_status: "LOAD_STATUS_NOT_AVAILABLE",
      cardio_load: -1,
      strain: 0,
      tolerance: -1,
      cardio_load_ratio: -1,
      cardio_load_level: { very_low: 0, low: 0, medium: 0, high: 0, very_high: 0 },
    });
    expect((await aino.get("/v3/users/cardio-load/period/months/2")).json).toHaveLength(60);
    expect((await aino.get(`/v3/users/cardio-load/${today}`)).json).toHaveLength(1);
    expect(
      (await aino.get(`/v3/users/cardio-load/date?from=${addDays(today, -9)}&to=${today}`)).json,
    ).toHaveLength(10);
  });

  test.each(["period/days/181", "period/days/0", "period/months/7", "20-11", "date?from=2026-11-01"])(
    "%s is a 400",
    async (path) => {
      expect((await aino.get(`/v3/users/cardio-load/${path}`)).status).toBe(400);
    },
  );

  test("strain is the mean of 7 days and tolerance of 28; a day's load is its sessions' sum", async () => {
    const list = (await aino.get("/v3/users/cardio-load")).json;
    const loads: number[] = list.slice(0, 28).map((d: { cardio_load: number }) => d.cardio_load);
    const mean = (days: number[]) => days.reduce((sum, load) => sum + load, 0) / days.length;
    expect(list[0].strain).toBeCloseTo(mean(loads.slice(0, 7)), 0);
    expect(list[0].tolerance).toBeCloseTo(mean(loads), 0);
    const sessions = (await aino.get("/v3/exercises")).json;
    const byDay = new Map<string, number>();
    for (const s of sessions) {
      const { date } = s.training_load_pro;
      byDay.set(date, (byDay.get(date) ?? 0) + s.training_load_pro["cardio-load"]);
    }
    for (const [date, sum] of byDay)
      expect(list.find((d: Item) => d.date === date).cardio_load).toBeCloseTo(sum, 1);
  });

  test("today holds only what was uploaded so far", async () => {
    const [before] = (await aino.get(`/v3/users/cardio-load/${today}`)).json;
    await control(sim, "users/aino/session", { cardioLoad: 44, startTime: "07:00" });
    const [after] = (await aino.get(`/v3/users/cardio-load/${today}`)).json;
    expect(after.cardio_load - before.cardio_load).toBeCloseTo(44, 1);
  });

  test("very_high is spelt as the knob says", async () => {
    await control(sim, "knobs", { veryHighKey: "very-high" });
    expect((await aino.get("/v3/users/cardio-load")).json[0].cardio_load_level).toHaveProperty("very-high");
    await control(sim, "knobs", { veryHighKey: "very_high" });
  });
});

describe("the other streams", () => {
  test("continuous heart rate: by date, by range, 404, 400, single by knob; none inside sessions", async () => {
    const day = addDays(today, -1);
    const one = (await aino.get(`/v3/users/continuous-heart-rate/${day}`)).json;
    expect(one.heart_rate_samples[0].sample_time).toMatch(/^\d\d:\d\d:\d\d$/);
    const range = (await aino.get(`/v3/users/continuous-heart-rate?from=${addDays(today, -3)}&to=${today}`))
      .json;
    expect(range.heart_rates.map((d: Item) => d.date)).toEqual([3, 2, 1, 0].map((n) => addDays(today, -n)));
    expect((await aino.get("/v3/users/continuous-heart-rate/2020-01-01")).status).toBe(404);
    expect((await aino.get(`/v3/users/continuous-heart-rate?from=${day}`)).status).toBe(400);
    await control(sim, "knobs", { heartRateRange: "single" });
    expect((await aino.get(`/v3/users/continuous-heart-rate?from=${day}&to=${day}`)).json).toEqual(one);
    await control(sim, "knobs", { heartRateRange: "wrapped" });
    const session = (await aino.get("/v3/exercises")).json.at(-2);
    const that = (await aino.get(`/v3/users/continuous-heart-rate/${session.start_time.slice(0, 10)}`)).json;
    const [hour, minute] = [
      Number(session.start_time.slice(11, 13)),
      Number(session.start_time.slice(14, 16)),
    ];
    const minutesIn = that.heart_rate_samples
      .map(
        (s: { sample_time: string }) =>
          Number(s.sample_time.slice(0, 2)) * 60 + Number(s.sample_time.slice(3, 5)),
      )
      .map((m: number) => m - (hour * 60 + minute));
    const inside = minutesIn.filter((m: number) => m >= 1 && m < 12);
    expect(minutesIn.length).toBeGreaterThan(150);
    expect(inside).toEqual([]);
  });

  test("physical info is what holds now, snake_case", async () => {
    const before = (await bram.get("/v3/users/physical-info")).json;
    expect(before).toMatchObject({
      gender: "MALE",
      vo2_max: 55,
      sleep_goal: "PT8H",
      weight_source: expect.stringMatching(/^SOURCE_/),
    });
    await control(sim, "users/bram/weight", { weightKg: 63.3 });
    expect((await bram.get("/v3/users/physical-info")).json).toMatchObject({
      weight: 63.3,
      weight_source: "SOURCE_MEASURED",
    });
  });

  test("SleepWise: naive UTC times, range on its own path, 204 before five nights", async () => {
    const all = (await aino.get("/v3/users/sleepwise/alertness")).json;
    const ignored = (await aino.get(`/v3/users/sleepwise/alertness?from=${today}&to=${today}`)).json;
    expect(ignored).toHaveLength(all.length);
    const ranged = (await aino.get(`/v3/users/sleepwise/alertness/date?from=${today}&to=${today}`)).json;
    expect(ranged).toHaveLength(1);
    const night = (await aino.get(`/v3/users/sleep/${today}`)).json;
    expect(`${ranged[0].period_start_time}Z`).toBe(
      new Date(night.sleep_end_time).toISOString().replace(".000", ""),
    );
    expect(
      (await aino.get("/v3/users/sleepwise/circadian-bedtime/date?from=2026-01-01&to=2026-01-05")).status,
    ).toBe(204);
    expect(
      (await aino.get(`/v3/users/sleepwise/circadian-bedtime/date?from=2026-01-01&to=${today}`)).status,
    ).toBe(400);
  });

  test("biosensing by sensor: lists where there is one, 204 where there is not", async () => {
    for (const kind of ["bodytemperature", "skintemperature", "skincontacts", "ecg", "spo2"]) {
      const answer = await aino.get(`/v3/users/biosensing/${kind}`);
      expect(answer.status).toBe(200);
      expect(answer.json.length).toBeGreaterThan(0);
      expect((await bram.get(`/v3/users/biosensing/${kind}`)).status).toBe(204);
    }
    expect(
      (await aino.get("/v3/users/biosensing/skintemperature")).json[0].deviation_from_baseline_celsius,
    ).toBe(-1000);
    expect(Number.isInteger((await aino.get("/v3/users/biosensing/spo2")).json[0].test_time)).toBe(true);
  });
});

test("documented history keeps to Polar's windows", async () => {
  const strict = await startSmall({ history: "documented" });
  const athlete = await connected(strict, "aino");
  const { nights } = (await athlete.get("/v3/users/sleep")).json;
  expect(nights.length).toBeLessThanOrEqual(28);
  expect(nights.at(-1).date >= addDays(today, -27)).toBe(true);
  expect((await athlete.get("/v3/exercises")).json).toEqual([]);
  expect((await athlete.get(`/v3/users/activities?from=${addDays(today, -28)}&to=${today}`)).status).toBe(
    400,
  );
  expect(
    (await athlete.get(`/v3/users/activities?from=${addDays(today, -89)}&to=${addDays(today, -62)}`)).json
      .length,
  ).toBeGreaterThan(20);
  expect((await athlete.get("/v3/users/cardio-load")).json).toHaveLength(28);
  expect((await athlete.get("/v3/users/cardio-load/period/days/180")).json).toHaveLength(180);
  await strict.close();
});

test("unknown paths are 404 and wrong methods 405", async () => {
  expect((await aino.get("/v3/users/hypnosis")).status).toBe(404);
  expect((await aino.send("POST", "/v3/exercises")).status).toBe(405);
});

test("durations, activity times and inactivity stamps follow their knobs", async () => {
  await control(sim, "knobs", {
    durations: "seconds",
    activityTime: "second",
    inactivityStamps: "wrapped",
    runningIndexKey: "running_index",
  });
  const [day] = (
    await aino.get(
      `/v3/users/activities?from=${addDays(today, -1)}&to=${addDays(today, -1)}&inactivity_stamps=true`,
    )
  ).json;
  expect(day.start_time).toBe(`${addDays(today, -1)}T00:00:00`);
  expect(day.active_duration).toMatch(/^PT\d+S$/);
  expect(day.samples.inactivity_stamps.samples[0].stamp).toContain("T15:04");
  const run = (await aino.get("/v3/exercises")).json.find((e: { sport: string }) => e.sport === "RUNNING");
  expect(run.running_index).toBeGreaterThan(0);
});
