import type { AthleteDay } from "../athletes/view-model";
import type { HeatmapView } from "./view-heatmap";
import type { SquadRow, SquadView } from "./view-model";

type Cell = string | number | boolean | null;

/** Lines of cells as CSV (RFC 4180): ISO dates, decimal points, nothing where nothing is known. */
export function csvOf(headings: readonly string[], lines: readonly (readonly Cell[])[]): string {
  return [headings, ...lines].map((cells) => `${cells.map(cellOf).join(",")}\r\n`).join("");
}

function cellOf(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(Math.round(cell * 1000) / 1000);
  if (typeof cell === "boolean") return cell ? "1" : "0";
  // A spreadsheet would run a name that begins like a formula.
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

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
      ...bandOf(row.baseline.mean, row.baseline.sd),
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

const ATHLETE = [
  "date",
  "level",
  "reason",
  "source",
  "rmssd_ms",
  "valid",
  "suspect",
  "z",
  "mean7_ms",
  "mean28_ms",
  "sd7_percent",
  "baseline_ms",
  "baseline_from_ms",
  "baseline_to_ms",
  "grade",
  "load",
  "load_kind",
  "load_ewma7",
  "load_ewma28",
  "resting_hr_bpm",
  "asleep_s",
  "deep_s",
  "light_s",
  "rem_s",
  "ans_charge",
  "life_stress",
  "left_out_tag",
  "travel",
];

/** An athlete's days, one line each. */
export function athleteCsv(days: readonly AthleteDay[]): string {
  return csvOf(
    ATHLETE,
    days.map((day) => [
      day.date,
      day.level,
      day.reason,
      day.source,
      day.rmssdMs,
      day.valid,
      day.suspect,
      day.z,
      day.mean7 === null ? null : Math.exp(day.mean7),
      day.mean28 === null ? null : Math.exp(day.mean28),
      day.sd7Percent,
      ...bandOf(day.baselineMean, day.baselineSd),
      day.baselineGrade,
      day.load,
      day.loadKind,
      day.loadEwma7,
      day.loadEwma28,
      day.heartRateBpm,
      day.asleepS,
      day.deepS,
      day.lightS,
      day.remS,
      day.ansCharge,
      day.lifeStress,
      day.excludedTag,
      day.travel,
    ]),
  );
}

function bandOf(mean: number | null, sd: number | null): (number | null)[] {
  if (mean === null || sd === null) return [null, null, null];
  return [Math.exp(mean), Math.exp(mean - sd), Math.exp(mean + sd)];
}
