const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Milliseconds of an ISO-8601 duration of days, hours, minutes and seconds; NaN for anything else. */
export function durationMs(text: string): number {
  const parts = DURATION.exec(text);
  if (!parts) return Number.NaN;
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return Math.round(
    (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60_000 + (seconds ?? 0) * 1000,
  );
}

/** Whole seconds of an ISO-8601 duration that may be absent. */
export function durationS(text: string | null | undefined): number | null {
  return text ? Math.round(durationMs(text) / 1000) : null;
}

/** A measured amount of which nothing is a real value: Polar's negative sentinels become null. */
export function fromZero(value: number | null | undefined): number | null {
  return value === null || value === undefined || value < 0 ? null : value;
}

/** A measured amount that is never nothing: Polar writes 0 and -1 where it has no value. */
export function aboveZero(value: number | null | undefined): number | null {
  return value === null || value === undefined || value <= 0 ? null : value;
}

/** Rounds what is kept as a whole number. */
export function whole(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}

/** Text, or null for absent and blank. */
export function text(value: string | null | undefined): string | null {
  return value?.trim() ? value : null;
}
