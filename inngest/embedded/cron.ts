import { parseCronItem } from "graphile-worker";

/** A schedule of five fields, read in its time zone. */
export type CronSchedule = {
  text: string;
  /** True for a minute, given as an instant, at which the schedule fires. */
  matches(instant: Date): boolean;
};

type Clock = { min: number; hour: number; date: number; month: number; dow: number };

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

function clockIn(timeZone: string): (instant: Date) => Clock {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    minute: "numeric",
    hour: "numeric",
    hourCycle: "h23",
    day: "numeric",
    month: "numeric",
    weekday: "short",
  });
  return (instant) => {
    const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const { minute, hour, day, month, weekday = "" } = parts;
    const dow = weekdays.indexOf(weekday);
    return { min: Number(minute), hour: Number(hour), date: Number(day), month: Number(month), dow };
  };
}

/**
 * Reads `[TZ=Area/City] minute hour day month weekday`, UTC where no zone is named; undefined when it is not that.
 * As with Inngest, a local time that a clock change skips does not fire and one that comes twice fires twice.
 */
export function parseCron(text: string): CronSchedule | undefined {
  const [, timeZone = "UTC", fields = ""] = /^(?:TZ=(\S+)\s+)?(\S+(?:\s+\S+){4})$/.exec(text.trim()) ?? [];
  try {
    const clock = clockIn(timeZone);
    const item = parseCronItem({ task: "cron", match: fields.replace(/\s+/g, " ") });
    return { text, matches: (instant) => item.match(clock(instant)) };
  } catch {
    return undefined;
  }
}
