import type { ReadinessRow } from "@/db/queries/readiness";
import type { Evidence } from "@/lib/readiness/evidence";
import type { LoadKind } from "@/lib/readiness/load/kind";

type ScoredDay = {
  evidence: Evidence & { loadKind: LoadKind };
  inputHash: string;
  load: number | null;
  scoredAt: Date;
};

/** A scored day as it is stored: what is sorted and drawn in columns, everything in the evidence. */
export function rowOf(
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
