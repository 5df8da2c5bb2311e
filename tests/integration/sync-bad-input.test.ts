import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { connections, streamStates } from "@/db/schema/connection";
import { quarantinedFields, rawPayloads } from "@/db/schema/payload";
import { dailyActivities, dailyLoads, heartRateDays, nights, sleeps, workouts } from "@/db/schema/wearable";
import { startSimulator } from "@/simulator/server";
import {
  connectedAthlete,
  control,
  freshInstallation,
  type Installation,
  pointAt,
  sync,
} from "./sync-support";

let sim: Awaited<ReturnType<typeof startSimulator>>;
let at: Installation;

beforeAll(async () => {
  sim = await startSimulator({ scenario: "small", fixedNow: "2026-11-21T06:00:00Z" });
  pointAt(sim);
  at = await freshInstallation(() => new Date("2026-11-21T06:00:00Z"));
});
beforeEach(async () => {
  await control(sim)("/reset", {});
  await fetch(`${sim.url}/_sim/faults`, { method: "DELETE" });
  await at.db.delete(connections);
});
afterAll(async () => {
  await at.close();
  await sim.close();
});

const good = { date: "2026-11-20", heart_rate_variability_avg: 61, heart_rate_avg: 53 };
const night = (fields: object) => ({ recharges: [{ ...good, date: "2026-11-19", ...fields }, good] });
const bed = {
  date: "2026-11-20",
  sleep_start_time: "2026-11-19T23:12:33+02:00",
  sleep_end_time: "2026-11-20T07:05:03+02:00",
  light_sleep: 14310,
  deep_sleep: 5160,
  rem_sleep: 6270,
};
const session = {
  id: "0LYLpB8g",
  start_time: "2026-11-20T09:20:47",
  start_time_utc_offset: 120,
  duration: "PT1H13M32.189S",
  sport: "RUNNING",
};
const beats = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    heart_rate: 60 + (at % 40),
    sample_time: new Date(at * 340).toISOString().slice(11, 19),
  }));

const RECHARGE = ["nightly-recharge", "^/v3/users/nightly-recharge", nights] as const;
const SLEEP = ["sleep", "^/v3/users/sleep", sleeps] as const;
const LOAD = ["cardio-load", "^/v3/users/cardio-load", dailyLoads] as const;
const EXERCISES = ["exercises", "^/v3/exercises", workouts] as const;
const ACTIVITIES = ["activities", "^/v3/users/activities", dailyActivities] as const;
const HEART = ["continuous-heart-rate", "^/v3/users/continuous-heart-rate", heartRateDays] as const;

type Source = readonly [stream: string, pathPattern: string, table: typeof nights];
type Line = [name: string, source: Source, body: unknown, rows: number, quarantined: number];

/** What Polar answers instead of the right list, how many rows come of it, and how many fields are set aside. */
const table = [
  ["an item of another kind", RECHARGE, { recharges: [good, 7, null, "x"] }, 1, 3],
  ["a text where a number belongs", RECHARGE, night({ heart_rate_avg: "53" }), 2, 1],
  ["a negative sentinel", RECHARGE, night({ heart_rate_variability_avg: -1 }), 2, 0],
  ["a date that does not exist", RECHARGE, night({ date: "2026-02-30" }), 1, 1],
  ["a date in the far future", RECHARGE, night({ date: "2062-11-19" }), 1, 1],
  ["no date", RECHARGE, night({ date: undefined }), 1, 1],
  ["the same night twice", RECHARGE, night({ date: "2026-11-20" }), 1, 0],
  ["an infinite number", RECHARGE, '{"recharges":[{"date":"2026-11-20","heart_rate_avg":1e999}]}', 1, 1],
  ["NUL in a text", SLEEP, { nights: [{ ...bed, device_id: "11\u0000AA" }] }, 1, 0],
  ["an unknown sleep stage", SLEEP, { nights: [{ ...bed, hypnogram: { "23:12": 9 } }] }, 1, 1],
  ["zero for no score", SLEEP, { nights: [{ ...bed, sleep_score: 0, continuity: 0 }] }, 1, 0],
  [
    "an unknown load status",
    LOAD,
    [{ date: "2026-11-20", cardio_load_status: "NEW", cardio_load: 80 }],
    1,
    0,
  ],
  ["a load beyond all measure", LOAD, [{ date: "2026-11-20", cardio_load: 1e300 }], 1, 1],
  ["an unknown sport", EXERCISES, [{ ...session, detailed_sport_info: "QUIDDITCH" }], 1, 0],
  ["a session of a century", EXERCISES, [{ ...session, duration: "PT900000H" }, session], 1, 1],
  ["a list where a summary belongs", ACTIVITIES, [[], { start_time: "2026-11-20T00:00", steps: 5 }], 1, 1],
  [
    "ten megabytes of heart rate",
    HEART,
    { heart_rates: [{ date: "2026-11-20", heart_rate_samples: beats(250_000) }] },
    1,
    0,
  ],
] as unknown as Line[];

/** Heart rates are asked for by the week: of the last week only, so that the ten megabytes come once. */
function sharing(stream: string) {
  if (stream !== "continuous-heart-rate") return {};
  return { history: "from-now" as const, acceptedAt: new Date("2026-11-18T06:00:00Z") };
}

test.each(table)("%s stops nothing", async (_, [stream, pathPattern, rows], answer, count, aside) => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: [stream], ...sharing(stream) });
  const body = typeof answer === "string" ? answer : JSON.stringify(answer);
  await control(sim)("/knobs", { retired: { exercise: 405, activity: 405, physical: 405 } });
  await control(sim)("/faults", { match: { method: "GET", pathPattern }, times: 50, status: 200, body });
  expect(await sync(at, athleteId)).toMatchObject({ outcome: "synced", failed: [] });
  expect(await at.db.select().from(rows).where(eq(rows.athleteId, athleteId))).toHaveLength(count);
  const fields = await at.db
    .select()
    .from(quarantinedFields)
    .where(eq(quarantinedFields.athleteId, athleteId));
  expect(fields, JSON.stringify(fields)).toHaveLength(aside);
  const states = await at.db.select().from(streamStates).where(eq(streamStates.athleteId, athleteId));
  expect(states.filter((state) => state.errorCode !== null)).toEqual([]);
  const raw = await at.db.select().from(rawPayloads).where(eq(rawPayloads.athleteId, athleteId));
  expect(raw.filter((payload) => payload.parsedAt === null)).toEqual([]);
});
