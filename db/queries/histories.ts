import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { numbers, numbersOrNull, rowsOf, texts, textsOrNull, wordsOf } from "@/db/rows";
import { LOAD_KINDS } from "@/lib/readiness/load/kind";
import { BASELINE_METHODS, HRV_SOURCES, type HrvSource, PRESETS } from "@/lib/readiness/types";

/** An athlete's stored facts that readiness rests on; days count from 1970-01-01, values stand at the index of their day. */
export type History = {
  nights: { days: number[]; rmssdMs: (number | null)[]; heartRateBpm: (number | null)[] };
  /** Polar's load of the day; null in a squad that is scored on another kind. */
  loads: { days: number[]; load: (number | null)[] };
  /** Of the nights: device, and minutes east of UTC as it reported them. */
  devices: { days: number[]; deviceIds: (string | null)[]; utcOffsetMinutes: number[] };
  /** Usable morning readings, one a day, with the device of a synced recording. */
  mornings: {
    days: number[];
    rmssdMs: number[];
    heartRateBpm: (number | null)[];
    deviceIds: (string | null)[];
  };
  /** Which series counts from a day on; nights before the first choice. */
  sourceChoices: { days: number[]; sources: HrvSource[] };
  /** Minutes east of UTC of the sessions, and days whose label of travel a coach took back. */
  sessionOffsets: { days: number[]; utcOffsetMinutes: number[] };
  notTravelDays: number[];
  /** One entry per training session, with its load of the squad's kind; null where it cannot be told, and for Polar's kind. */
  sessions: { days: number[]; load: (number | null)[] };
  /** Days of which a day summary is stored. */
  summaryDays: number[];
  confirmedDays: number[];
  /** Days from which on a coach takes the athlete's level as usual. */
  newUsualDays: number[];
  excludedDays: { days: number[]; tags: (string | null)[] };
};

const athleteRow = z.object({
  athleteId: z.string(),
  teamId: z.string(),
  timeZone: z.string(),
  preset: z.enum(PRESETS),
  baselineDays: z.int(),
  loadKind: z.enum(LOAD_KINDS),
  baselineMethod: z.enum(BASELINE_METHODS),
  loadRisePercent: z.number(),
  drift: z.boolean(),
  /** Days first, then one array for each column. */
  gathered: z.object({
    nights: z.tuple([numbers, numbersOrNull, numbersOrNull]),
    loads: z.tuple([numbers, numbersOrNull]),
    devices: z.tuple([numbers, textsOrNull, numbers]),
    mornings: z.tuple([numbers, numbers, numbersOrNull, textsOrNull]),
    sources: z.tuple([numbers, wordsOf(HRV_SOURCES)]),
    offsets: z.tuple([numbers, numbers]),
    notTravel: z.tuple([numbers]),
    sessions: z.tuple([numbers, numbersOrNull]),
    summaries: z.tuple([numbers]),
    confirmed: z.tuple([numbers]),
    newUsual: z.tuple([numbers]),
    excluded: z.tuple([numbers, textsOrNull]),
    newest: z.tuple([numbers, texts]),
  }),
});

type Row = z.output<typeof athleteRow>;

export type ScorableAthlete = Omit<Row, "gathered"> & {
  history: History;
  /** What is written of the newest days: input hashes at their days. */
  newest: { days: number[]; hashes: string[] };
};

/** Sessions with their load of the squad's kind, always in one order. A short lying recording in the morning is a reading, not training. */
const SESSIONS = `(
  select w.athlete_id, w.date, case s.load_kind when 'banister' then l.banister when 'edwards' then l.edwards
    when 'session-rpe' then l.session_rpe end as load
  from workouts w left join workout_loads l on l.workout_id = w.id and s.load_kind <> 'cardio-load'
  where w.athlete_id = a.id
    and w.id not in (select workout_id from morning_readings where athlete_id = a.id and workout_id is not null)
  order by w.start_at, w.id) sessions`;

/** Enough to notice that nothing, or only the last days, changed; older hashes are read when they are needed. */
const NEWEST_DAYS = 5;

/**
 * The whole history of athletes in one round trip: everything a verdict rests on, and what is written of the newest days.
 * Athletes who never connected, or have stopped, are left out.
 */
export async function listHistories(db: Db, input: { athleteIds: string[] }): Promise<ScorableAthlete[]> {
  const rows = await rowsOf(db, "listHistories", athleteRow)`
    select a.id as "athleteId", a.team_id as "teamId", s.time_zone as "timeZone", s.preset,
      s.baseline_days as "baselineDays", s.baseline_method as "baselineMethod", s.load_kind as "loadKind",
      s.load_rise_percent as "loadRisePercent", s.drift,
      json_build_object(
        'nights', ${gather("nights", ["rmssd_ms", "heart_rate_bpm"])},
        'loads', ${gather("daily_loads", ["case when s.load_kind = 'cardio-load' then cardio_load end"])},
        'devices', ${gather("sleeps", ["device_id", "utc_offset_minutes"])},
        'mornings', ${gather(MORNINGS, ["rmssd_ms", "heart_rate_bpm", "device_id"])},
        'sources', ${gather("(select athlete_id, from_day as date, source from source_choices) chosen", ["source"])},
        'offsets', ${gather("workouts", ["utc_offset_minutes"])},
        'notTravel', ${gather("day_decisions", [], "kind = 'not-travel'")},
        'sessions', ${gather(SESSIONS, ["load"])},
        'summaries', ${gather("daily_activities", [])},
        'confirmed', ${gather("day_decisions", [], "kind = 'confirmed'")},
        'newUsual', ${gather("day_decisions", [], "kind = 'new-usual'")},
        'excluded', ${gather("day_decisions", ["tag"], "kind = 'excluded'")},
        'newest', ${gather(
          "readiness_days",
          ["input_hash"],
          `date > (
          select max(date) - ${NEWEST_DAYS} from readiness_days where athlete_id = a.id)`,
        )}
      ) as gathered
    from athletes a join squads s on s.id = a.squad_id
    where a.id = any(${sql.param(`{${input.athleteIds.join(",")}}`)}::uuid[])
      and a.stopped_at is null and s.archived_at is null
      and exists (select from connections c where c.athlete_id = a.id)`;
  return rows.map(athleteOf);
}

/** One usable reading a morning: a synced recording before an RR file before a table. */
const MORNINGS = `(
  select distinct on (m.date) m.athlete_id, m.date, m.rmssd_ms, m.heart_rate_bpm, nullif(w.device_id, '') as device_id
  from morning_readings m left join workouts w on w.id = m.workout_id
  where m.athlete_id = a.id and m.quality <> 'rejected' order by m.date, m.origin desc) usable`;

/** Arrays of one table's days and columns for the athlete at hand; an array per column parses far faster than a row per day. */
function gather(table: string, columns: string[], condition = "true") {
  const arrays = ["date - date '1970-01-01'", ...columns]
    .map((column) => `coalesce(array_to_json(array_agg(${column})), '[]')`)
    .join(", ");
  return sql.raw(
    `(select json_build_array(${arrays}) from ${table} where athlete_id = a.id and ${condition})`,
  );
}

function athleteOf({ gathered, ...athlete }: Row): ScorableAthlete {
  const { nights, loads, devices, mornings, sources, offsets, excluded, newest } = gathered;
  return {
    ...athlete,
    history: {
      nights: { days: nights[0], rmssdMs: nights[1], heartRateBpm: nights[2] },
      loads: { days: loads[0], load: loads[1] },
      devices: { days: devices[0], deviceIds: devices[1], utcOffsetMinutes: devices[2] },
      mornings: {
        days: mornings[0],
        rmssdMs: mornings[1],
        heartRateBpm: mornings[2],
        deviceIds: mornings[3],
      },
      sourceChoices: { days: sources[0], sources: sources[1] },
      sessionOffsets: { days: offsets[0], utcOffsetMinutes: offsets[1] },
      notTravelDays: gathered.notTravel[0],
      sessions: { days: gathered.sessions[0], load: gathered.sessions[1] },
      summaryDays: gathered.summaries[0],
      confirmedDays: gathered.confirmed[0],
      newUsualDays: gathered.newUsual[0],
      excludedDays: { days: excluded[0], tags: excluded[1] },
    },
    newest: { days: newest[0], hashes: newest[1] },
  };
}
