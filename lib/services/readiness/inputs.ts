import type { History } from "@/db/queries/histories";
import { travelDays } from "@/lib/readiness/travel";
import type { DayInput, HrvSource } from "@/lib/readiness/types";
import { type CivilDate, civilDateOf } from "@/lib/time/civil-date";
import type { MetricKind } from "@/lib/wearables/metric";
import { FIRST_SOURCE, NIGHT_METRICS } from "@/lib/wearables/source";

/**
 * Every calendar day from the athlete's first datum to `lastDay`, as the engine takes it; a single empty day when
 * nothing is stored. Later facts (an athlete east of the squad) wait until the squad's day has come.
 */
export function dayInputsOf(history: History, lastDay: number): DayInput[] {
  const readingOf = readingByDay(history);
  const travelled = travelDaysOf(history);
  const excluded = valuesByDay(history.excludedDays.days, history.excludedDays.tags);
  const confirmed = new Set(history.confirmedDays);
  const newUsual = new Set(history.newUsualDays);
  const first = firstDataDayOf(history, lastDay);
  const loadOf = first === undefined ? () => null : loadByDay(history, lastDay);
  const days: DayInput[] = [];
  for (let day = first ?? lastDay; day <= lastDay; day++) {
    const input: DayInput = { date: dateOf(day), load: loadOf(day), ...readingOf(day) };
    if (confirmed.has(day)) input.confirmed = true;
    if (excluded.has(day)) input.excluded = excluded.get(day) ?? "excluded";
    if (newUsual.has(day)) input.newUsual = true;
    if (travelled.has(day)) input.travel = true;
    days.push(input);
  }
  return days;
}

/**
 * Known when Polar gives the day's cardio load, or all of the day's sessions carry what the squad's kind needs; a known 0
 * when the day has no session and a summary of it, or any later night, is stored; otherwise unknown (docs/method/load.md).
 */
function loadByDay(history: History, lastDay: number): (day: number) => number | null {
  const given = valuesByDay(history.loads.days, history.loads.load);
  const sessions = sumsByDay(history.sessions.days, history.sessions.load);
  const summaries = new Set(history.summaryDays);
  const lastNight = history.nights.days.reduce(
    (last, day) => (day <= lastDay ? Math.max(last, day) : last),
    -Infinity,
  );
  return (day) => {
    const load = given.get(day);
    if (load !== undefined && load !== null && load >= 0) return load;
    const trained = sessions.get(day);
    if (trained !== undefined) return trained;
    return summaries.has(day) || day < lastNight ? 0 : null;
  };
}

/** Null wherever a part of the day's sum is. */
function sumsByDay(days: readonly number[], values: readonly (number | null)[]): Map<number, number | null> {
  const sums = new Map<number, number | null>();
  for (const [index, day] of days.entries()) {
    const sum = sums.get(day);
    const value = values[index] ?? null;
    sums.set(day, sum === null || value === null ? null : (sum ?? 0) + value);
  }
  return sums;
}

/**
 * The first day of which the athlete's devices sent anything: a night, a session, a summary of the day, or a load above
 * 0. A provider that reports 0 for the weeks before tells of no rest. Undefined while nothing has arrived.
 */
function firstDataDayOf(history: History, lastDay: number): number | undefined {
  const { nights, devices, sessions, summaryDays, loads } = history;
  const loaded = loads.days.filter((_, i) => (loads.load[i] ?? 0) > 0);
  let first = Number.POSITIVE_INFINITY;
  for (const days of [nights.days, devices.days, sessions.days, summaryDays, loaded])
    for (const day of days) if (day < first) first = day;
  return first <= lastDay ? first : undefined;
}

const dates = new Map<number, CivilDate>();

/** The same few hundred dates are written for every athlete of an installation. */
function dateOf(day: number): CivilDate {
  const known = dates.get(day);
  if (known) return known;
  const date = civilDateOf(day);
  dates.set(day, date);
  return date;
}

type Reading = Pick<DayInput, "rmssdMs" | "heartRateBpm" | "source" | "deviceId">;

type ByDay = ReadonlyMap<number, number | null>;

type Series = { rmssdMs: ByDay; heartRateBpm: ByDay };

/** Whether a day's reading comes from the same device as the one before; `none`: it is not known. */
type Seen = "none" | "same" | "another";

/**
 * The reading of each day in the series that counts on it, asked for day by day in order. A device is compared with the
 * one before in its own series: the strap of a morning is no change of the watch at night. Another source of the nights,
 * or another way of measuring them, counts as another device.
 */
function readingByDay(history: History): (day: number) => Reading {
  const series: Record<HrvSource, Series> = {
    nightly: {
      rmssdMs: valuesByDay(history.nights.days, history.nights.rmssdMs),
      heartRateBpm: valuesByDay(history.nights.days, history.nights.heartRateBpm),
    },
    morning: {
      rmssdMs: valuesByDay(history.mornings.days, history.mornings.rmssdMs),
      heartRateBpm: valuesByDay(history.mornings.days, history.mornings.heartRateBpm),
    },
  };
  const sourceOn = sourceByDay(history.sourceChoices);
  const isChosen = history.sourceChoices.days.length > 0;
  const deviceOn = {
    nightly: nightDeviceByDay(history),
    morning: deviceByDay(valuesByDay(history.mornings.days, history.mornings.deviceIds)),
  };
  let changes = 0;
  return (day) => {
    const source = sourceOn(day);
    const seen = { nightly: deviceOn.nightly(day), morning: deviceOn.morning(day) }[source];
    if (seen === "another") changes++;
    const heartRateBpm = series[source].heartRateBpm.get(day);
    return {
      rmssdMs: series[source].rmssdMs.get(day) ?? null,
      ...(heartRateBpm == null ? {} : { heartRateBpm }),
      ...(isChosen ? { source } : {}),
      ...(seen === "none" ? {} : { deviceId: String(changes) }),
    };
  };
}

/** The choice that holds on a day: the latest from that day or before, nights without one. */
function sourceByDay({ days, sources }: History["sourceChoices"]): (day: number) => HrvSource {
  const choices = days
    .flatMap((day, i) => {
      const source = sources[i];
      return source ? [{ day, source }] : [];
    })
    .toSorted((a, b) => b.day - a.day);
  return (day) => choices.find((choice) => choice.day <= day)?.source ?? "nightly";
}

function deviceByDay(devices: ReadonlyMap<number, string | null>): (day: number) => Seen {
  let before: string | undefined;
  return (day) => {
    const device = devices.get(day);
    if (device === undefined || device === null) return "none";
    const isAnother = before !== undefined && before !== device;
    before = device;
    return isAnother ? "another" : "same";
  };
}

/** What one night has to share with another to be compared with it, besides the device: source and way of measuring. */
type Origin = `${number}/${MetricKind}`;

const USUAL_ORIGIN: Origin = `${FIRST_SOURCE}/${NIGHT_METRICS[0]}`;

function originsOf({ otherNights: { days, sourceIds, metrics } }: History): ReadonlyMap<number, Origin> {
  return new Map(days.map((day, i): [number, Origin] => [day, `${sourceIds[i]!}/${metrics[i]!}`]));
}

/**
 * A change of origin is a change of device, known or not. The device comes with the sleep: it tells of the night only
 * when both come from one source.
 */
function nightDeviceByDay(history: History): (day: number) => Seen {
  const nights = new Set(history.nights.days);
  const origins = originsOf(history);
  const devices = valuesByDay(history.devices.days, history.devices.deviceIds);
  const deviceSources = valuesByDay(history.otherDevices.days, history.otherDevices.sourceIds);
  let origin: Origin | undefined;
  const known = new Map<number, string | null>();
  let deviceOn = deviceByDay(known);
  return (day) => {
    const before = origin;
    if (nights.has(day)) origin = origins.get(day) ?? USUAL_ORIGIN;
    const source = deviceSources.get(day) ?? FIRST_SOURCE;
    if (!origin || origin.startsWith(`${source}/`)) known.set(day, devices.get(day) ?? null);
    const isAnother = before !== undefined && before !== origin;
    if (isAnother) deviceOn = deviceByDay(known);
    const seen = deviceOn(day);
    if (isAnother) return "another";
    // The first device that is named is no change: among nights of several origins each is named.
    return seen === "none" && origins.size > 0 && nights.has(day) ? "same" : seen;
  };
}

/** Values at the index of their day, by day; of a day that occurs twice the later one. */
function valuesByDay<T>(days: readonly number[], values: readonly T[]): Map<number, T> {
  const byDay = new Map<number, T>();
  for (const [index, day] of days.entries()) byDay.set(day, values[index] as T);
  return byDay;
}

/** Days labelled as travel: by the zone each night was reported in, or a session where no night was, less those a coach took back. */
function travelDaysOf({ devices, sessionOffsets, notTravelDays }: History): Set<number> {
  const reported = new Map([
    ...valuesByDay(sessionOffsets.days, sessionOffsets.utcOffsetMinutes),
    ...valuesByDay(devices.days, devices.utcOffsetMinutes),
  ]);
  const travelled = travelDays(reported);
  for (const day of notTravelDays) travelled.delete(day);
  return travelled;
}
