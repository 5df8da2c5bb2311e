import { civil, clockOrDay } from "@/components/format/dates";
import { initials } from "@/components/format/initials";
import { decimal, hoursMinutes, signed, signedPercent, whole } from "@/components/format/numbers";
import type { Section } from "@/lib/alerts/morning";
import { inSd } from "@/lib/number-text";
import type { Level } from "@/lib/readiness/types";
import type { LoadView, SquadRow, VerdictView } from "@/lib/services/squads/view-model";
import { civilDateIn } from "@/lib/time/zone";
import { arrowOf } from "./arrow";
import { encodeSpark, type SparkCode } from "./spark-code";
import { stateLine } from "./state-line";

/** A text of the catalogue by key. */
type Say = (key: string, values?: Record<string, string | number>) => string;

/** Everything words and formats of a row depend on. */
export type RowWords = {
  squad: Say;
  levels: Say;
  locale: string;
  date: string;
  timeZone: string;
  squadId: string;
  /** Largest weekly load of the squad: one scale for all bars. */
  widestLoad: number;
};

/** One row as it is shown: texts in the reader's language and numbers for the drawings. Small, because it travels. */
export type RowDisplay = {
  id: string;
  name: string;
  state: string;
  section: Section;
  level: Level;
  word: string;
  provisional: boolean;
  scored: boolean;
  hrv: string | null;
  suspect: string | null;
  /** z and 7-day mean in own SD; null without a baseline to draw them on. */
  graphic: { z: number | null; mean7: number | null } | null;
  z: string | null;
  spark: SparkCode | null;
  trend: { text: string; holds: boolean } | null;
  load: {
    bars: readonly [previous: number, current: number] | null;
    sum: string;
    change: string;
    rising: boolean;
  };
  resting: readonly [string, string] | null;
  sleep: readonly [string, string] | null;
  recharge: { charge: number | null; ans: string; sleep: string; title: string } | null;
  received: string;
  coach: CoachAct;
};

/** What stands in the coach's column. */
export type CoachAct =
  | null
  | { kind: "connection"; text: string }
  | { kind: "said"; text: string }
  | { kind: "acknowledge"; openedOn: string };

const round2 = (value: number) => Math.round(value * 100) / 100;

/** Puts a row into words. */
export function displayRow(row: SquadRow, words: RowWords): RowDisplay {
  const { squad, levels, locale } = words;
  const hasBand = row.baseline.mean !== null && (row.baseline.sd ?? 0) > 0;
  return {
    id: row.athleteId,
    name: row.name,
    state: stateLine(row, words),
    section: row.section,
    level: row.level,
    word: levels(`words.${row.level}`),
    provisional: row.grade === "provisional" && row.level !== "no-verdict",
    scored: row.standing.kind === "scored",
    hrv: row.rmssdMs === null ? null : decimal(row.rmssdMs, 0, locale),
    suspect: row.suspect ? squad("table.suspect") : null,
    graphic: hasBand
      ? { z: row.z === null ? null : round2(row.z), mean7: row.mean7S === null ? null : round2(row.mean7S) }
      : null,
    z: row.z === null ? null : inSd(row.z, locale),
    spark: row.spark && encodeSpark(row.spark),
    trend: row.trend && {
      text: `${arrowOf(row.trend.changeS, 0.5)} ${inSd(row.trend.changeS, locale)} s`,
      holds: row.trend.holds,
    },
    load: displayLoad(row.load, words),
    resting: row.restingHr && beside(String(Math.round(row.restingHr.bpm)), row.restingHr.difference, locale),
    sleep: row.sleep && beside(hoursMinutes(row.sleep.asleepS), row.sleep.differenceMin, locale),
    recharge: displayRecharge(row, words),
    received: displayReceived(row, words),
    coach: coachAct(row, words),
  };
}

function beside(value: string, difference: number | null, locale: string): readonly [string, string] {
  return [value, difference === null ? "" : signed(difference, 0, locale)];
}

function displayLoad(load: LoadView, { squad, locale, widestLoad }: RowWords): RowDisplay["load"] {
  if (load.known7 < 7 || load.sum7 === null) {
    const sum = squad("table.loadKnown", { known: load.known7 });
    return { bars: null, sum, change: "", rising: false };
  }
  const width = (value: number | null) => Math.round(((value ?? 0) / widestLoad) * 52);
  const change = load.changePercent;
  return {
    bars: [width(load.prev7), width(load.sum7)],
    sum: whole(load.sum7),
    change: change === null ? "" : `${arrowOf(change, 5)} ${signedPercent(change, locale)}`,
    rising: load.rising,
  };
}

function displayRecharge(row: SquadRow, { squad, locale }: RowWords): RowDisplay["recharge"] {
  if (!row.recharge) return null;
  const { ansCharge, sleepCharge, status } = row.recharge;
  return {
    charge: ansCharge,
    ans: ansCharge === null ? "–" : signed(ansCharge, 1, locale),
    sleep: sleepCharge === null ? "–" : squad("table.sleepCharge", { charge: sleepCharge }),
    title: status === null ? "" : squad("table.polarStatus", { status: String(status) }),
  };
}

function displayReceived(row: SquadRow, { locale, date, timeZone }: RowWords): string {
  if (row.receivedAtMs !== null) return clockOrDay(row.receivedAtMs, { timeZone, date, locale });
  return row.lastNight === null ? "–" : civil(row.lastNight, "short", locale);
}

function coachAct(row: SquadRow, { squad, locale, timeZone }: RowWords): CoachAct {
  if (row.needs !== null) {
    const key = row.needs === "consent" ? "coach.consentMissing" : "coach.reauthorise";
    return { kind: "connection", text: squad(key) };
  }
  if (row.verdict) return { kind: "said", text: saidText(row.verdict, { squad, locale, timeZone }) };
  if (row.section !== "look" || row.episode === null) return null;
  return { kind: "acknowledge", openedOn: row.episode.openedOn };
}

/** A verdict in one line: what, who, when. */
export function saidText(
  verdict: VerdictView,
  { squad, locale, timeZone }: Pick<RowWords, "squad" | "locale" | "timeZone">,
): string {
  const day = civilDateIn(verdict.saidAtMs, timeZone);
  const said = verdict.cause
    ? squad("coach.saidCause", { cause: squad(`coach.cause.${verdict.cause}`) })
    : squad(`coach.said.${verdict.verdict}`);
  return `${said} · ${initials(verdict.by)} ${civil(day, "short", locale)}`;
}
