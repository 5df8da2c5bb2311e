import { type PackedHistory, SPARK_DAYS, type SquadViewRow } from "@/db/queries/squad-morning";
import type { Episode } from "@/lib/alerts/episodes";
import { type CivilDate, daysBetween } from "@/lib/time/civil-date";
import type { SparkView } from "./view-model";

type Baseline = Pick<SquadViewRow, "baselineMean" | "baselineSd">;
type Scale = { mean: number; sd: number; shownMean: number };

/** The last 60 days in units of the athlete's own SD around the own mean; null without a single reading. */
export function sparkOf(
  row: Baseline,
  history: PackedHistory,
  shown: { episodes: readonly Episode[]; date: CivilDate },
): SparkView | null {
  const known = (history.nights ?? []).filter((x) => x !== null);
  if (known.length === 0) return null;
  const scale = scaleOf(row, known);
  // The latest scored day may lie before the chosen one.
  const daysAfter = 1 - history.firstOffset - history.levels.length;
  return {
    nights: inSd(history.nights, scale, daysAfter),
    mean7: inSd(history.mean7, scale, daysAfter),
    episodes: shown.episodes
      .map((episode) => ({ daysBefore: daysBetween(episode.openedOn, shown.date), level: episode.level }))
      .filter(({ daysBefore }) => daysBefore < SPARK_DAYS),
    hasBand: row.baselineMean !== null && (row.baselineSd ?? 0) > 0,
    count: known.length,
    meanMs: Math.round(Math.exp(scale.shownMean)),
  };
}

function inSd(values: readonly (number | null)[], { mean, sd }: Scale, daysAfter: number): (number | null)[] {
  const days = Array<number | null>(SPARK_DAYS).fill(null);
  const first = SPARK_DAYS - daysAfter - values.length;
  for (const [i, x] of values.entries()) if (x !== null) days[first + i] = (x / 1000 - mean) / sd;
  return days;
}

function scaleOf(row: Baseline, nights: readonly number[]): Scale {
  const shownMean = nights.reduce((sum, x) => sum + x, 0) / nights.length / 1000;
  if (row.baselineMean !== null && row.baselineSd) {
    return { mean: row.baselineMean, sd: row.baselineSd, shownMean };
  }
  const squares = nights.reduce((sum, x) => sum + (x / 1000 - shownMean) ** 2, 0);
  // A flat or single-night series is drawn on its middle line.
  return { mean: shownMean, sd: Math.sqrt(squares / Math.max(1, nights.length - 1)) || 1, shownMean };
}
