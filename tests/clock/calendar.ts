import { addDays, type CivilDate, daysBetween } from "@/lib/time/civil-date";
import { instantOf } from "@/lib/time/zone";
import { flaggedDays, steadyDays } from "../support/athletes";

/** What happens when in a run on the test clock: squads' mornings, nights, and the hours in which the machine is off. */

const MINUTE_MS = 60_000;
export const MAIL_TIME = "07:00";

export const PLACES = [
  { name: "helsinki", timeZone: "Europe/Helsinki" },
  { name: "new-york", timeZone: "America/New_York" },
  { name: "auckland", timeZone: "Pacific/Auckland" },
] as const;
export type Place = { name: string; timeZone: string };

export type Span = { from: Date; until: Date };
/** A squad's athlete at Polar; `low` is the day on which the night flags, when it comes after the hour. */
export type Athlete = { place: Place; who: string; low?: { date: CivilDate; afterMinutes: number } };
export type Night = { athlete: Athlete; date: CivilDate; at: Date; rmssdMs: number };
export type Morning = {
  place: Place;
  date: CivilDate;
  hour: Date;
  /** 45 minutes after the hour: by then it is decided, however few nights are in. */
  latest: Date;
  /** Noon: nobody is mailed any more. */
  closes: Date;
  /** When the nights come that are not late on their own. */
  nightsAt: Date;
};
export type Calendar = {
  run: Span;
  athletes: Athlete[];
  mornings: Morning[];
  nights: Night[];
  off: Span[];
  moments: Date[];
};

export const minutesFrom = (at: Date, minutes: number) => new Date(at.getTime() + minutes * MINUTE_MS);
export const isIn = (at: Date, { from, until }: Span) => at >= from && at < until;

const IN_THE_MORNING = 95;
const AFTER_NOON = 330;
/** On which day of the run somebody's night flags, and how many minutes after the hour it comes. */
const LOW: Record<string, Record<number, number>> = {
  helsinki: { 0: IN_THE_MORNING, 8: AFTER_NOON },
  "new-york": { 1: IN_THE_MORNING, 8: AFTER_NOON },
  auckland: { 0: AFTER_NOON, 7: IN_THE_MORNING },
};

function morningOf(place: Place, date: CivilDate, day: number): Morning {
  const { timeZone } = place;
  const hour = instantOf({ date, time: MAIL_TIME, timeZone });
  return {
    place,
    date,
    hour,
    latest: minutesFrom(hour, 45),
    closes: instantOf({ date, time: "12:00", timeZone }),
    // On every fifth day all nights come after the latest moment.
    nightsAt: minutesFrom(hour, day % 5 === 4 ? 70 : -90),
  };
}

function athletesOf(mornings: readonly Morning[]): Athlete[] {
  return PLACES.flatMap((place) => {
    const own = mornings.filter((morning) => morning.place === place);
    const late = Object.entries(LOW[place.name] ?? {}).flatMap(([day, afterMinutes]) => {
      const date = own[Number(day)]?.date;
      return date ? [{ place, who: `${place.name}-late-${day}`, low: { date, afterMinutes } }] : [];
    });
    return [{ place, who: `${place.name}-punctual` }, ...late];
  });
}

/** RMSSD on a day, ms: steady, or the story that ends in a flag; afterwards as usual. */
export function rmssdOf({ low }: Athlete, date: CivilDate): number {
  const story = low ? flaggedDays() : steadyDays(80);
  const index = low ? 79 - daysBetween(date, low.date) : 40 + (daysBetween("2026-01-01", date) % 40);
  return story[index]?.rmssdMs ?? 60;
}

function nightOf(athlete: Athlete, { date, hour, nightsAt }: Morning): Night {
  const isLow = athlete.low?.date === date;
  const at = isLow ? minutesFrom(hour, athlete.low!.afterMinutes) : nightsAt;
  return { athlete, date, at, rmssdMs: rmssdOf(athlete, date) };
}

/** Mornings whose night, hour and noon lie in the run. */
function morningsOf(run: Span): Morning[] {
  const first = run.from.toISOString().slice(0, 10) as CivilDate;
  const days = Math.ceil((run.until.getTime() - run.from.getTime()) / (24 * 60 * MINUTE_MS));
  return PLACES.flatMap((place) => {
    const dates = Array.from({ length: days + 1 }, (_, day) => addDays(first, day));
    const within = dates.filter((date) => {
      const { nightsAt, closes } = morningOf(place, date, 0);
      return nightsAt >= run.from && minutesFrom(closes, 60) <= run.until;
    });
    return within.map((date, day) => morningOf(place, date, day));
  });
}

/**
 * Every third morning of a squad the machine is off over its hour, until half past nine or, every other time, until the
 * afternoon; once in a long run for more than a day.
 */
function offSpans(run: Span, mornings: readonly Morning[]): Span[] {
  const spans = PLACES.flatMap((place, index) =>
    mornings
      .filter((morning) => morning.place === place)
      .flatMap(({ hour }, day) => {
        if ((day + index) % 3 !== 1) return [];
        const isLong = Math.floor(day / 3) % 2 === index % 2;
        return [{ from: minutesFrom(hour, -20), until: minutesFrom(hour, isLong ? 390 : 150) }];
      }),
  );
  const dayOff = { from: minutesFrom(run.from, 140 * 60), until: minutesFrom(run.from, 166.5 * 60) };
  return merged(dayOff.until < run.until ? [...spans, dayOff] : spans);
}

function merged(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from.getTime() - b.from.getTime())) {
    const last = joined.at(-1);
    if (last && span.from <= last.until) {
      if (span.until > last.until) last.until = span.until;
    } else joined.push({ ...span });
  }
  return joined;
}

const every = (minutes: number, { from, until }: Span): Date[] =>
  Array.from({ length: Math.ceil((until.getTime() - from.getTime()) / (minutes * MINUTE_MS)) }, (_, step) =>
    minutesFrom(from, step * minutes),
  );

/** What happens in a span that ends at a midnight of UTC, an hour that is quiet in all three zones. */
export function calendarOf(run: Span): Calendar {
  const mornings = morningsOf(run);
  const off = offSpans(run, mornings);
  const athletes = athletesOf(mornings);
  const nights = athletes
    .flatMap((athlete) =>
      mornings.filter(({ place }) => place === athlete.place).map((morning) => nightOf(athlete, morning)),
    )
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  // The clock is looked at every half hour, and more closely where a morning is decided.
  const closely = [...mornings.map(({ hour }) => hour), ...off.map(({ until }) => until)];
  const looks = [
    ...every(30, run),
    ...closely.flatMap((at) => [0, 5, 10, 45, 50].map((minutes) => minutesFrom(at, minutes))),
  ].filter((at) => isIn(at, run) && !off.some((span) => isIn(at, span)));
  const moments = [...new Set(looks.map((at) => at.getTime()))].sort((a, b) => a - b);
  return { run, athletes, mornings, nights, off, moments: moments.map((ms) => new Date(ms)) };
}
