import { civil, clockOrDay } from "@/components/format/dates";
import { initials } from "@/components/format/initials";
import { decimal, signed, signedPercent, whole } from "@/components/format/numbers";
import { inSd } from "@/lib/number-text";
import type { SquadRow } from "@/lib/services/squads/row";
import type { VerdictView } from "@/lib/services/squads/view-model";
import { civilDateIn } from "@/lib/time/zone";
import { arrowOf } from "./arrow";
import { encodeSpark, type SparkCode } from "./spark-code";

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

type Words = Readonly<RowWords>;

/** The level in words. */
export type LevelValue = readonly [word: string, provisional: boolean];

export function levelValue(row: SquadRow, { levels }: Words): LevelValue {
  return [levels(`words.${row.level}`), row.grade === "provisional" && row.level !== "no-verdict"];
}

/** The reading in ms, and what to doubt about it. */
export type HrvValue = readonly [ms: string, suspect: string | null] | null;

export function hrvValue(row: SquadRow, { squad, locale }: Words): HrvValue {
  if (row.rmssdMs === null) return null;
  return [decimal(row.rmssdMs, 0, locale), row.suspect ? squad("table.suspect") : null];
}

/** z and 7-day mean in own SD; null without a baseline to draw them on. */
export type BandValue = readonly [z: number | null, mean7: number | null] | null;

export function onBand({ baseline, z, mean7S }: SquadRow): BandValue {
  if (baseline.mean === null || !baseline.sd) return null;
  return [round2(z), round2(mean7S)];
}

const round2 = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100);

/** A sparkline, its names left out. */
export type NightsValue =
  | readonly [
      nights: string,
      mean7: string,
      hasBand: boolean,
      count: number,
      meanMs: number,
      episodes: SparkCode["episodes"],
    ]
  | null;

export function nightsValue({ spark }: SquadRow): NightsValue {
  if (!spark) return null;
  const { nights, mean7, hasBand, count, meanMs, episodes } = encodeSpark(spark);
  return [nights, mean7, hasBand, count, meanMs, episodes];
}

export type TrendValue = readonly [text: string, holds: boolean] | null;

export function trendValue({ trend }: SquadRow, { locale }: Words): TrendValue {
  return trend && [`${arrowOf(trend.changeS, 0.5)} ${inSd(trend.changeS, locale)} s`, trend.holds];
}

/** Both weeks as bars in px, or, while a day of the last is not known, how many are. */
export type LoadValue =
  | readonly [known: string]
  | readonly [sum: string, change: string, rising: boolean, previousPx: number, currentPx: number];

export function loadValue({ load }: SquadRow, { squad, locale, widestLoad }: Words): LoadValue {
  if (load.known7 < 7 || load.sum7 === null) return [squad("table.loadKnown", { known: load.known7 })];
  const width = (value: number | null) => Math.round(((value ?? 0) / widestLoad) * 52);
  const change = load.changePercent;
  const words = change === null ? "" : `${arrowOf(change, 5)} ${signedPercent(change, locale)}`;
  return [whole(load.sum7), words, load.rising, width(load.prev7), width(load.sum7)];
}

/** A figure, and how far from the athlete's usual it lies; empty where that is unknown. */
export type FigureValue = readonly [figure: string, difference: string] | null;

export function besideUsual(figure: string, difference: number | null, locale: string): FigureValue {
  return [figure, difference === null ? "" : signed(difference, 0, locale)];
}

export type RechargeValue =
  | readonly [charge: number | null, ans: string, sleep: string, title: string]
  | null;

export function rechargeValue({ recharge }: SquadRow, { squad, locale }: Words): RechargeValue {
  if (!recharge) return null;
  const { ansCharge, sleepCharge, status } = recharge;
  return [
    ansCharge,
    ansCharge === null ? "–" : signed(ansCharge, 1, locale),
    sleepCharge === null ? "–" : squad("table.sleepCharge", { charge: sleepCharge }),
    status === null ? "" : squad("table.polarStatus", { status: String(status) }),
  ];
}

export function receivedValue(row: SquadRow, { locale, date, timeZone }: Words): string {
  if (row.receivedAtMs !== null) return clockOrDay(row.receivedAtMs, { timeZone, date, locale });
  return row.lastNight === null ? "–" : civil(row.lastNight, "short", locale);
}

/** What stands in the coach's column: what can be done, or what was said. */
export type CoachValue =
  | null
  | { kind: "connection"; text: string }
  | { kind: "said"; text: string }
  | { kind: "acknowledge"; openedOn: string };

export function coachValue(row: SquadRow, { squad, locale, timeZone }: Words): CoachValue {
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
