import type { ScorableAthlete } from "@/db/queries/histories";
import type { ReadinessRow, StoredHashes } from "@/db/queries/readiness";
import { type Evidence, evidenceAt } from "@/lib/readiness/evidence";
import { inputHashes } from "@/lib/readiness/input-hash";
import type { LoadKind } from "@/lib/readiness/load/kind";
import { type ScoredSeries, scoreSeries } from "@/lib/readiness/score";
import { type CivilDate, civilDateOf, epochDayOf } from "@/lib/time/civil-date";
import { dayInputsOf } from "./inputs";

export type ScoredHistory = { athlete: ScorableAthlete; series: ScoredSeries; hashes: string[] };

/** One forward pass over an athlete's whole history up to the squad's today. Pure. */
export function scoreHistory(athlete: ScorableAthlete, today: CivilDate): ScoredHistory {
  const { preset, baselineDays, baselineMethod, loadRisePercent, drift, loadKind } = athlete;
  const days = dayInputsOf(athlete.history, epochDayOf(today));
  const settings = { preset, baselineDays, baselineMethod, loadRisePercent, drift };
  const series = scoreSeries({ settings, days });
  // The day's own load is drawn in charts but not judged before tomorrow, so the verdict's hash leaves it out; the kind
  // of load judges nothing, but the evidence names it.
  const kind = loadKind === "cardio-load" ? "" : `/${loadKind}`;
  const hashes = inputHashes(series).map((hash, index) => `${hash}/${loadAt(series, index) ?? "-"}${kind}`);
  return { athlete, series, hashes };
}

/** First and last calendar day of a scored history. */
export function spanOf({ athlete, series }: ScoredHistory) {
  const { firstDay, length } = series.columns;
  return {
    athleteId: athlete.athleteId,
    first: civilDateOf(firstDay),
    last: civilDateOf(firstDay + length - 1),
  };
}

/**
 * Index of the last day that is written as it should be, among the newest; undefined when none is. A hash covers all
 * days before its own, so everything up to that index is in order.
 */
export function settledUntil({ athlete, series, hashes }: ScoredHistory): number | undefined {
  let settled: number | undefined;
  for (const [i, day] of athlete.newest.days.entries()) {
    const index = day - series.columns.firstDay;
    if (hashes[index] === athlete.newest.hashes[i] && index > (settled ?? -1)) settled = index;
  }
  return settled;
}

/** The days to write: those after `settled`, or, without it, those whose stored hash differs. */
export function changedRows(
  history: ScoredHistory,
  { settled, stored, scoredAt }: { settled: number | undefined; stored: StoredHashes; scoredAt: Date },
): ReadinessRow[] {
  const { athlete, series, hashes } = history;
  const rows: ReadinessRow[] = [];
  for (let index = (settled ?? -1) + 1; index < hashes.length; index++) {
    const inputHash = hashes[index]!;
    if (stored.get(series.columns.firstDay + index) === inputHash) continue;
    const evidence = { ...evidenceAt(series, index), loadKind: athlete.loadKind };
    rows.push(rowOf(athlete, { evidence, inputHash, load: loadAt(series, index), scoredAt }));
  }
  return rows;
}

function loadAt({ columns }: ScoredSeries, index: number): number | null {
  const load = columns.load[index]!;
  return Number.isNaN(load) ? null : load;
}

type ScoredDay = {
  evidence: Evidence & { loadKind: LoadKind };
  inputHash: string;
  load: number | null;
  scoredAt: Date;
};

/** A scored day as it is stored: what is sorted and drawn in columns, everything in the evidence. */
function rowOf(
  { athleteId, teamId }: { athleteId: string; teamId: string },
  { evidence, inputHash, load, scoredAt }: ScoredDay,
): ReadinessRow {
  return {
    teamId,
    athleteId,
    date: evidence.date,
    ruleVersion: evidence.ruleVersion,
    preset: evidence.preset,
    inputHash,
    level: evidence.level,
    levels: evidence.levels,
    reason: evidence.reason,
    source: evidence.source,
    rmssdMs: evidence.rmssdMs,
    valid: evidence.valid,
    suspect: evidence.suspect,
    baselineN: evidence.baseline.n,
    baselineMean: evidence.baseline.mean,
    baselineSd: evidence.baseline.sd,
    baselineGrade: evidence.baseline.grade,
    z: evidence.z,
    mean7: evidence.mean7,
    mean28: evidence.mean28,
    trendSlope: evidence.trend7.slopePerDay,
    trendP: evidence.trend7.pOneSidedFalling,
    loadSum7: evidence.load.sum7,
    loadPrev7: evidence.load.prev7,
    loadKnown7: evidence.load.known7,
    loadEwma7: evidence.load.ewma7,
    loadEwma28: evidence.load.ewma28,
    load,
    loadKind: evidence.loadKind,
    rules: evidence.rules,
    evidence,
    scoredAt,
  };
}
