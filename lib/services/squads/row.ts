import type { SquadViewRow } from "@/db/queries/squad-morning";
import { type Section, sectionOf } from "@/lib/alerts/morning";
import { QUESTIONS, type Question } from "@/lib/check-in";
import { isMailedLevel } from "@/lib/readiness/level";
import type { LoadKind } from "@/lib/readiness/load/kind";
import type { BaselineGrade, HrvSource, Level, NoVerdictReason } from "@/lib/readiness/types";
import { accessRemedyOf, needsAthlete } from "@/lib/services/connections/standing";
import type { CivilDate } from "@/lib/time/civil-date";
import type { ConnectionStatus } from "@/lib/wearables/connection";
import { episodesIn, openEpisodeOn, sparkOf, verdictOf, whyOf } from "./history";
import type { Look } from "./look";
import type { EpisodeView, SparkView, VerdictView, WhyView } from "./view-model";

/** What keeps a row from being scored at all. */
export type Standing =
  | { kind: "scored" }
  | { kind: "backfilling"; found: number; read: number }
  | { kind: "no-days" }
  | { kind: "stopped" };

export type LoadView = {
  /** What the loads are; null before anything was scored. */
  kind: LoadKind | null;
  sum7: number | null;
  prev7: number | null;
  known7: number;
  changePercent: number | null;
  rising: boolean;
};

export type CheckInView = {
  /** The morning's, each from 1 (good) to 7 (bad), null where a question was left out; null where none was answered. */
  answers: Record<Question, number | null> | null;
  /** Whether the athlete has answered any question by then. */
  hasAnswered: boolean;
};

/** One athlete of the squad view: what its table, its files and an athlete's own page say of a morning. */
export type SquadRow = {
  athleteId: string;
  name: string;
  groupName: string | null;
  standing: Standing;
  /** Since which day the athlete keeps new data back. */
  pausedOn: CivilDate | null;
  section: Section;
  level: Level;
  grade: BaselineGrade;
  reason: NoVerdictReason | null;
  connection: Exclude<ConnectionStatus, "revoked"> | "none";
  /** What only the athlete can do about the connection. */
  needs: "reauthorise" | "consent" | null;
  source: HrvSource;
  /** The day stands in the days after a jump of time zones. */
  travel: boolean;
  rmssdMs: number | null;
  suspect: boolean;
  /** A second suspect reading like yesterday's. */
  suspectPair: boolean;
  baseline: { n: number; mean: number | null; sd: number | null };
  z: number | null;
  mean7S: number | null;
  trend: { changeS: number; holds: boolean } | null;
  load: LoadView;
  restingHr: { bpm: number; difference: number | null } | null;
  sleep: { asleepS: number; differenceMin: number | null } | null;
  recharge: { ansCharge: number | null; sleepCharge: number | null; status: number | null } | null;
  checkIn: CheckInView;
  receivedAtMs: number | null;
  lastNight: CivilDate | null;
  episode: EpisodeView | null;
  verdict: VerdictView | null;
  spark: SparkView | null;
  /** Present where the reason is shown without asking. */
  why: WhyView | null;
};

/** One athlete of the squad view, from what the database holds of the day. */
export function squadRowOf(row: SquadViewRow, look: Look): SquadRow {
  const { date } = look;
  const level = row.level ?? "no-verdict";
  const grade = row.baselineGrade ?? "none";
  const episodes = row.history ? episodesIn(row.history, look.calendar) : [];
  const episode = openEpisodeOn(episodes, date);
  return {
    athleteId: row.athleteId,
    name: row.name,
    groupName: row.groupName,
    standing: standingOf(row),
    pausedOn: row.pausedOn,
    section: sectionOf({ level, mailable: grade === "firm" && isMailedLevel(level) }),
    level,
    grade,
    reason: row.reason,
    connection: row.connection === "revoked" || row.connection === null ? "none" : row.connection,
    needs: needsOf(row),
    source: row.source ?? "nightly",
    travel: row.travel ?? false,
    rmssdMs: row.rmssdMs,
    suspect: row.suspect ?? false,
    suspectPair: row.suspectPair ?? false,
    baseline: { n: row.baselineN ?? 0, mean: row.baselineMean, sd: row.baselineSd },
    z: row.z,
    mean7S: inSd(row.mean7, row),
    trend: trendOf(row),
    load: loadOf(row),
    ...companionsOf(row),
    checkIn: checkInOf(row),
    receivedAtMs: row.receivedAtMs,
    lastNight: row.lastNight,
    episode,
    verdict: verdictOf(row, episode),
    spark: row.history ? sparkOf(row, row.history, { episodes, date }) : null,
    why: row.evidence && isMailedLevel(level) ? whyOf(row, look) : null,
  };
}

/** What only the athlete can do about the access, by the rule of the connections page. */
function needsOf({ stopped, connection, everConnected, pausedOn }: SquadViewRow): SquadRow["needs"] {
  if (stopped || !everConnected) return null;
  const remedy = accessRemedyOf({ status: connection ?? "revoked", pausedOn });
  return needsAthlete(remedy) ? remedy : null;
}

function standingOf(row: SquadViewRow): Standing {
  if (row.stopped) return { kind: "stopped" };
  if (row.level !== null && row.backfilled !== false) return { kind: "scored" };
  if (row.connection !== null && row.backfilled === false) {
    return { kind: "backfilling", found: row.foundCount ?? 0, read: row.readCount ?? 0 };
  }
  return row.level === null ? { kind: "no-days" } : { kind: "scored" };
}

function inSd(x: number | null, row: Pick<SquadViewRow, "baselineMean" | "baselineSd">): number | null {
  if (x === null || row.baselineMean === null || !row.baselineSd) return null;
  return (x - row.baselineMean) / row.baselineSd;
}

function trendOf(row: SquadViewRow): SquadRow["trend"] {
  if (row.trendSlope === null || !row.baselineSd) return null;
  return { changeS: (row.trendSlope * 6) / row.baselineSd, holds: row.rules?.R5 === true };
}

function loadOf(row: SquadViewRow): LoadView {
  const { loadSum7: sum7, loadPrev7: prev7 } = row;
  return {
    kind: row.loadKind,
    sum7,
    prev7,
    known7: row.loadKnown7 ?? 0,
    changePercent: row.loadChangePercent,
    rising: row.rules?.R6 === true,
  };
}

function companionsOf(row: SquadViewRow): Pick<SquadRow, "restingHr" | "sleep" | "recharge"> {
  const { heartRateBpm: bpm, heartRateUsualBpm: usual, asleepS, asleepUsualS } = row;
  const recharged = row.ansCharge !== null || row.sleepCharge !== null;
  return {
    restingHr: bpm === null ? null : { bpm, difference: usual === null ? null : bpm - usual },
    sleep:
      asleepS === null
        ? null
        : { asleepS, differenceMin: asleepUsualS === null ? null : (asleepS - asleepUsualS) / 60 },
    recharge: recharged
      ? { ansCharge: row.ansCharge, sleepCharge: row.sleepCharge, status: row.rechargeStatus }
      : null,
  };
}

/** Ticks or a note alone answer none of the questions. */
function checkInOf({ answers, hasAnswered }: SquadViewRow): CheckInView {
  const isAnswered = answers !== null && QUESTIONS.some((question) => answers[question] !== null);
  return { answers: isAnswered ? answers : null, hasAnswered };
}
