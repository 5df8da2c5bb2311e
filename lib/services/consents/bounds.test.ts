import { expect, test } from "vitest";
import { STREAMS } from "@/lib/providers/polar/streams";
import { addDays } from "@/lib/time/civil-date";
import { boundsOf, HISTORY_DAYS, isShared, sharesFromOf } from "./bounds";

/** 00:30 on 21 May in Helsinki, still 20 May in UTC. */
const acceptedAt = new Date("2026-05-20T21:30:00Z");

const day = "2026-05-21";

const timeZone = "Europe/Helsinki";

const main = STREAMS.filter((stream) => stream.partOf === null).map((stream) => stream.id as string);

const consent = { streams: main, acceptedAt, sharesFrom: null };

/** An item of a day, in each of the shapes in which Polar's resources write it. */
const SHAPES: ((date: string) => object)[] = [
  (date) => ({ date }),
  (date) => ({ sleep_date: date }),
  (date) => ({ "start-time": `${date}T06:30:00` }),
  (date) => ({ start_time: `${date}T06:30` }),
  (date) => ({ period_start_time: `${date}T00:00:00` }),
  (date) => ({ modified: `${date}T00:00:00.000Z`, created: "2020-01-01T00:00:00Z" }),
  (date) => ({ test_time: Date.parse(`${date}T06:30:00Z`) / 1000 }),
];

test.each(STREAMS.map(({ id }) => id))(
  "%s: nothing older than what was agreed to is kept, by either choice",
  (id) => {
    const first = { "with-history": addDays(day, -HISTORY_DAYS), "from-now": day } as const;
    for (const history of ["with-history", "from-now"] as const) {
      const bound = boundsOf({ ...consent, history }, timeZone)[id];
      expect(bound).toEqual({ from: first[history], undated: history === "with-history" });
      for (const shape of SHAPES) {
        expect(isShared(shape(first[history]), bound), JSON.stringify(shape(first[history]))).toBe(true);
        expect(isShared(shape(addDays(first[history], -1)), bound)).toBe(false);
      }
      expect(isShared({}, bound)).toBe(history === "with-history");
    }
  },
);

test("what was recorded with a consent holds, wherever the squad or its time zone moves", () => {
  const of = { streams: main, history: "from-now", acceptedAt, timeZone } as const;
  const sharesFrom = sharesFromOf(of);
  for (const zone of ["Pacific/Honolulu", "Pacific/Auckland"])
    for (const bound of Object.values(boundsOf({ ...consent, history: "from-now", sharesFrom }, zone)))
      expect(bound.from).toBe(day);
});

test("agreeing to more leaves the day of earlier streams as it was, and bounds the new ones by today", () => {
  const later = new Date("2026-07-01T12:00:00Z");
  const earlier = sharesFromOf({ streams: ["sleep"], history: "from-now", acceptedAt, timeZone });
  const of = {
    streams: ["sleep", "routes"],
    history: "from-now",
    acceptedAt: later,
    timeZone,
    earlier,
  } as const;
  expect(sharesFromOf(of)).toEqual({ sleep: day, routes: "2026-07-01" });
});

test("a companion is bounded by the line it belongs to", () => {
  const sharesFrom = {
    ...sharesFromOf({ streams: main, history: "from-now", acceptedAt, timeZone }),
    exercises: "2026-06-01",
  };
  const bounds = boundsOf({ ...consent, history: "from-now", sharesFrom }, timeZone);
  expect(bounds["exercise-details"].from).toBe("2026-06-01");
  expect(bounds.routes.from).toBe(day);
});
