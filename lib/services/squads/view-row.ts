import type { SquadViewRow } from "@/db/queries/squad-morning";
import { sectionOf } from "@/lib/alerts/morning";
import { isMailedLevel } from "@/lib/readiness/level";
import { accessRemedyOf, needsAthlete } from "../connections/standing";
import { episodesIn, openEpisodeOn, verdictOf } from "./view-episode";
import type { Look } from "./view-look";
import type { LoadView, SquadRow, Standing } from "./view-model";
import { sparkOf } from "./view-spark";
import { whyOf } from "./view-why-model";

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
