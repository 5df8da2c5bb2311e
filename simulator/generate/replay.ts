import { readFileSync } from "node:fs";
import { normal, randomFor } from "../random";

type Column = (number | null)[];
type Person = {
  rmssdMs: Column;
  load: Column;
  sleepHours: Column;
  restingHr: Column;
  breathing: Column;
  steps: Column;
};

export type DayValues = {
  rmssdMs: number | null;
  slept: boolean;
  sleepMinutes: number;
  restingHr: number;
  breathing: number;
  load: number | null;
  steps: number;
};

const file = new URL("../data/lifesnaps.json", import.meta.url);
let people: Record<string, Person> | undefined;

function personOf(name: string): Person {
  people ??= JSON.parse(readFileSync(file, "utf8")).people as Record<string, Person>;
  const person = people[name];
  if (!person) throw new Error(`no such person in the replayed data: ${name}`);
  return person;
}

/** A real person's day, the series' last day being day 0; after it the series starts over. */
export function replayedDay(name: string, sinceStart: number): DayValues | undefined {
  const person = personOf(name);
  const length = person.rmssdMs.length;
  const raw = length - 1 + sinceStart;
  if (raw < 0) return undefined;
  const at = <K extends keyof Person>(key: K) => person[key][raw % length] ?? null;
  const noise = normal(randomFor(name, raw, "gaps"));
  const rmssdMs = at("rmssdMs");
  const sleepHours = at("sleepHours");
  return {
    rmssdMs,
    slept: rmssdMs !== null || sleepHours !== null,
    sleepMinutes: Math.round((sleepHours ?? 7.2 + 0.5 * noise) * 60),
    restingHr: Math.round(at("restingHr") ?? 60),
    breathing: at("breathing") ?? 14.5 + 0.4 * noise,
    load: at("load"),
    steps: at("steps") ?? 0,
  };
}
