import { hoursMinutes } from "@/components/format/numbers";
import { byAttention, byName, unknownLast } from "@/lib/alerts/attention";
import { QUESTIONS } from "@/lib/check-in";
import { inSd } from "@/lib/number-text";
import { bandMs } from "@/lib/readiness/band";
import type { SquadRow } from "@/lib/services/squads/row";
import type english from "@/messages/en/squad.json";
import {
  besideUsual,
  coachValue,
  hrvValue,
  levelValue,
  loadValue,
  nightsValue,
  onBand,
  type RowWords,
  receivedValue,
  rechargeValue,
  trendValue,
} from "./cell-values";
import {
  BaselineCell,
  FigureCell,
  HrvCell,
  LevelCell,
  LoadCell,
  NameCell,
  NightsCell,
  ReceivedCell,
  RechargeCell,
  TrendCell,
  WhyCell,
  ZCell,
} from "./cells";
import { CheckInMarks, type CheckInValue } from "./check-in-marks";
import { CoachCell } from "./coach-cell";
import { type Column, type FixedColumn, fixedColumn, type OpenColumn, openColumn } from "./column";
import { stateLine } from "./state-line";

type Words = (typeof english)["columns"]["of"];

export type ColumnId = keyof Words;

/**
 * The squad table's columns, from left to right, each of them once: its head and sorting, what its cell is drawn from,
 * the cell, and what the CSV says. Head, rows, the code for the wire, hiding, narrow windows, paper and CSV follow.
 * A column has its words in `columns.of` of `messages/en/squad.json`: the compiler misses either without the other,
 * and the word by which it is chosen, `name`, where it may be hidden.
 */
export const COLUMNS = {
  why: fixedColumn({
    widthPx: 30,
    paper: "left out",
    head: "unseen",
    value: () => null,
    Cell: WhyCell,
    csv: {},
  }),
  name: fixedColumn({
    widthPx: 144,
    sort: { order: "ascending", compare: byName },
    value: stateLine,
    Cell: NameCell,
    csv: { date: (_, { date }) => date, athlete: ({ name }) => name, group: ({ groupName }) => groupName },
  }),
  level: fixedColumn({
    widthPx: 126,
    sort: { key: "attention", order: "ascending", compare: byAttention },
    value: levelValue,
    Cell: LevelCell,
    csv: {
      level: ({ level }) => level,
      grade: ({ grade }) => grade,
      reason: ({ reason }) => reason,
      source: ({ standing, source }) => (standing.kind === "scored" ? source : null),
    },
  }),
  hrv: openColumn({
    figures: true,
    widthPx: 58,
    value: hrvValue,
    Cell: HrvCell,
    csv: { rmssd_ms: ({ rmssdMs }) => rmssdMs },
  }),
  own: openColumn({ widthPx: 128, value: onBand, Cell: BaselineCell, csv: {} }),
  z: openColumn({
    figures: true,
    widthPx: 44,
    leaves: 6,
    sort: { order: "ascending", compare: (a, b) => unknownLast(a.z, b.z, "ascending") },
    value: ({ z }, { locale }) => (z === null ? null : inSd(z, locale)),
    Cell: ZCell,
    csv: {
      z: ({ z }) => z,
      baseline_ms: (row) => bandOf(row)[0],
      baseline_from_ms: (row) => bandOf(row)[1],
      baseline_to_ms: (row) => bandOf(row)[2],
      baseline_nights: ({ baseline }) => baseline.n,
    },
  }),
  nights: openColumn({
    widthPx: 172,
    leaves: 4,
    value: nightsValue,
    Cell: NightsCell,
    csv: {},
  }),
  trend: openColumn({
    figures: true,
    widthPx: 70,
    value: trendValue,
    Cell: TrendCell,
    csv: {
      trend_s: ({ trend }) => trend?.changeS ?? null,
      trend_holds: ({ trend }) => trend?.holds ?? null,
    },
  }),
  load: openColumn({
    widthPx: 160,
    sort: {
      order: "descending",
      compare: (a, b) => unknownLast(a.load.changePercent, b.load.changePercent, "descending"),
    },
    value: loadValue,
    Cell: LoadCell,
    csv: {
      load_kind: ({ load }) => load.kind,
      load_7d: ({ load }) => load.sum7,
      load_previous_7d: ({ load }) => load.prev7,
      load_known_days: ({ load }) => load.known7,
      load_rising: ({ load }) => load.rising,
    },
  }),
  resting: openColumn({
    figures: true,
    widthPx: 58,
    leaves: 2,
    value: ({ restingHr }, { locale }) =>
      restingHr && besideUsual(String(Math.round(restingHr.bpm)), restingHr.difference, locale),
    Cell: FigureCell,
    csv: { resting_hr_bpm: ({ restingHr }) => restingHr?.bpm ?? null },
  }),
  sleep: openColumn({
    figures: true,
    widthPx: 70,
    leaves: 6,
    value: ({ sleep }, { locale }) =>
      sleep && besideUsual(hoursMinutes(sleep.asleepS), sleep.differenceMin, locale),
    Cell: FigureCell,
    csv: { asleep_s: ({ sleep }) => sleep?.asleepS ?? null },
  }),
  recharge: openColumn({
    widthPx: 118,
    leaves: 1,
    value: rechargeValue,
    Cell: RechargeCell,
    csv: { ans_charge: ({ recharge }) => recharge?.ansCharge ?? null },
  }),
  // No order: how somebody feels is nothing to rank athletes by, and one person's 5 is another's 3.
  checkIn: openColumn({
    widthPx: 96,
    leaves: 5,
    since: (rows) => rows.some(({ checkIn }) => checkIn.hasAnswered),
    value: checkInValue,
    Cell: CheckInMarks,
    csv: {
      sleep_quality_1_good_7_bad: ({ checkIn }) => checkIn.answers?.sleepQuality ?? null,
      fatigue_1_good_7_bad: ({ checkIn }) => checkIn.answers?.fatigue ?? null,
      soreness_1_good_7_bad: ({ checkIn }) => checkIn.answers?.soreness ?? null,
      life_stress_1_good_7_bad: ({ checkIn }) => checkIn.answers?.lifeStress ?? null,
    },
  }),
  received: openColumn({
    figures: true,
    widthPx: 76,
    leaves: 3,
    sort: {
      order: "descending",
      compare: (a, b) => unknownLast(a.receivedAtMs, b.receivedAtMs, "descending"),
    },
    value: receivedValue,
    Cell: ReceivedCell,
    csv: {
      received_at: ({ receivedAtMs }) =>
        receivedAtMs === null ? null : new Date(receivedAtMs).toISOString(),
    },
  }),
  coach: fixedColumn({
    widthPx: 126,
    paper: "left out",
    value: coachValue,
    Cell: CoachCell,
    csv: {
      episode_opened_on: ({ episode }) => episode?.openedOn ?? null,
      verdict: ({ verdict }) => verdict?.verdict ?? null,
    },
  }),
} satisfies { [Id in ColumnId]: Words[Id] extends { name: string } ? OpenColumn : FixedColumn };

const bandOf = ({ baseline }: SquadRow) => bandMs(baseline.mean, baseline.sd);

function checkInValue({ standing, checkIn: { answers } }: SquadRow, { squad }: RowWords): CheckInValue {
  if (standing.kind === "stopped") return ["–"];
  if (!answers) return [squad("checkIn.none")];
  const said = QUESTIONS.map((question) => [question, answers[question] ?? squad("checkIn.left")]);
  const marks = QUESTIONS.map((question) => answers[question]);
  return [squad("checkIn.answers", Object.fromEntries(said)), marks];
}

/** All columns from left to right. */
export const COLUMN_IDS = Object.keys(COLUMNS) as ColumnId[];

export function columnOf(id: ColumnId): Column {
  return COLUMNS[id];
}

/** The columns that have nothing to show yet of a squad. */
export function absentColumns(squad: readonly SquadRow[]): ColumnId[] {
  return COLUMN_IDS.filter((id) => columnOf(id).since?.(squad) === false);
}
