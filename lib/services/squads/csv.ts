import { csvOf } from "@/lib/csv";
import { bandMs } from "@/lib/services/readiness/figures";
import type { HeatmapView } from "./heatmap";
import type { SquadRow, SquadView } from "./view-model";

const MORNING = [
  "date",
  "athlete",
  "group",
  "level",
  "grade",
  "reason",
  "source",
  "rmssd_ms",
  "z",
  "baseline_ms",
  "baseline_from_ms",
  "baseline_to_ms",
  "baseline_nights",
  "trend_s",
  "trend_holds",
  "load_kind",
  "load_7d",
  "load_previous_7d",
  "load_known_days",
  "load_rising",
  "resting_hr_bpm",
  "asleep_s",
  "ans_charge",
  "received_at",
  "episode_opened_on",
  "verdict",
];

/** One morning of a squad, one line per athlete. */
export function morningCsv(view: SquadView, rows: readonly SquadRow[]): string {
  return csvOf(
    MORNING,
    rows.map((row) => [
      view.date,
      row.name,
      row.groupName,
      row.level,
      row.grade,
      row.reason,
      row.standing.kind === "scored" ? row.source : null,
      row.rmssdMs,
      row.z,
      ...bandMs(row.baseline.mean, row.baseline.sd),
      row.baseline.n,
      row.trend?.changeS ?? null,
      row.trend?.holds ?? null,
      row.load.kind,
      row.load.sum7,
      row.load.prev7,
      row.load.known7,
      row.load.rising,
      row.restingHr?.bpm ?? null,
      row.sleep?.asleepS ?? null,
      row.recharge?.ansCharge ?? null,
      row.receivedAtMs === null ? null : new Date(row.receivedAtMs).toISOString(),
      row.episode?.openedOn ?? null,
      row.verdict?.verdict ?? null,
    ]),
  );
}

/** The heatmap's days, one line per athlete and day. */
export function daysCsv(view: HeatmapView): string {
  return csvOf(
    ["date", "athlete", "group", "level", "grade", "reason", "source", "z", "rmssd_ms", "load", "load_kind"],
    view.athletes.flatMap(({ name, groupName, cells }) =>
      cells.flatMap((cell) =>
        cell
          ? [
              [
                cell.date,
                name,
                groupName,
                cell.level,
                cell.grade,
                cell.reason,
                cell.source,
                cell.z,
                cell.rmssdMs,
                cell.load,
                view.squad.loadKind,
              ],
            ]
          : [],
      ),
    ),
  );
}
