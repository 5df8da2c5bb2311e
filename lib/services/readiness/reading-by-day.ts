import type { History } from "@/db/queries/histories";
import type { DayInput, HrvSource } from "@/lib/readiness/types";
import { valuesByDay } from "./values-by-day";

type Reading = Pick<DayInput, "rmssdMs" | "heartRateBpm" | "source" | "deviceId">;
type ByDay = ReadonlyMap<number, number | null>;
type Series = { rmssdMs: ByDay; heartRateBpm: ByDay; devices: ReadonlyMap<number, string | null> };

/**
 * The reading of each day in the series that counts on it, asked for day by day in order. A device is compared with the
 * one before in its own series: the strap of a morning is no change of the watch at night.
 */
export function readingByDay(history: History): (day: number) => Reading {
  const series: Record<HrvSource, Series> = {
    nightly: {
      rmssdMs: valuesByDay(history.nights.days, history.nights.rmssdMs),
      heartRateBpm: valuesByDay(history.nights.days, history.nights.heartRateBpm),
      devices: valuesByDay(history.devices.days, history.devices.deviceIds),
    },
    morning: {
      rmssdMs: valuesByDay(history.mornings.days, history.mornings.rmssdMs),
      heartRateBpm: valuesByDay(history.mornings.days, history.mornings.heartRateBpm),
      devices: valuesByDay(history.mornings.days, history.mornings.deviceIds),
    },
  };
  const sourceOn = sourceByDay(history.sourceChoices);
  const isChosen = history.sourceChoices.days.length > 0;
  const deviceOn = { nightly: deviceByDay(series.nightly), morning: deviceByDay(series.morning) };
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
export function sourceByDay({ days, sources }: History["sourceChoices"]): (day: number) => HrvSource {
  const choices = days
    .flatMap((day, i) => {
      const source = sources[i];
      return source ? [{ day, source }] : [];
    })
    .toSorted((a, b) => b.day - a.day);
  return (day) => choices.find((choice) => choice.day <= day)?.source ?? "nightly";
}

function deviceByDay({ devices }: Series): (day: number) => "none" | "same" | "another" {
  let before: string | undefined;
  return (day) => {
    const device = devices.get(day);
    if (device === undefined || device === null) return "none";
    const isAnother = before !== undefined && before !== device;
    before = device;
    return isAnother ? "another" : "same";
  };
}
