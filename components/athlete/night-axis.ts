import type { NightEntry } from "@/lib/services/athletes/view";

/** The hours of a night in its own wall clock, as minutes from its first moment; null when there is no time to draw. */
export type NightAxis = { fromMs: number; minutes: number };

/** Spans sleep and the window of Nightly Recharge. */
export function nightAxis({
  startAtMs,
  endAtMs,
  utcOffsetMinutes,
  rmssdSeries,
}: NightEntry): NightAxis | null {
  const offsetMs = (utcOffsetMinutes ?? 0) * 60_000;
  const series = seriesSpan(rmssdSeries);
  const starts = [...(startAtMs === null ? [] : [startAtMs + offsetMs]), ...series.slice(0, 1)];
  const ends = [...(endAtMs === null ? [] : [endAtMs + offsetMs]), ...series.slice(1)];
  if (starts.length === 0 || ends.length === 0) return null;
  const fromMs = Math.min(...starts);
  return { fromMs, minutes: Math.max(1, (Math.max(...ends) - fromMs) / 60_000) };
}

function seriesSpan(series: NightEntry["rmssdSeries"]): number[] {
  const last = series?.points.at(-1);
  if (!series || !last) return [];
  const fromMs = wallMs(series.startsAt);
  return [fromMs, fromMs + last[0] * 60_000];
}

/** A naive wall-clock time as milliseconds, to be compared with others of its kind. */
export function wallMs(naive: string): number {
  return Date.parse(`${naive}Z`);
}

/** Full hours inside the night, every hour or every second one, as minutes from its start and `HH`. */
export function hourTicks({ fromMs, minutes }: NightAxis): { minute: number; text: string }[] {
  const step = minutes > 600 ? 2 : 1;
  const hour = 3_600_000;
  const ticks: { minute: number; text: string }[] = [];
  for (let at = Math.ceil(fromMs / hour) * hour; at <= fromMs + minutes * 60_000; at += step * hour)
    ticks.push({ minute: (at - fromMs) / 60_000, text: String(new Date(at).getUTCHours()).padStart(2, "0") });
  return ticks;
}
