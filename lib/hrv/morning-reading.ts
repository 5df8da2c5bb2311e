import { type CorrectedRr, correctArtefacts } from "./correct-artefacts";
import { plainRule } from "./plain-rule";
import type { ReadingQuality } from "./readings";
import { type RrSummary, summariseRr } from "./rr-summary";

/** Stored with what a recording was reduced to; changes whenever a figure could, so that recordings are read again. */
export const REDUCTION_VERSION = "2";

/** Of a recording it is always known. */
export type RecordingQuality = Exclude<ReadingQuality, "unknown">;

/** Why a recording is not `good`. */
export const QUALITY_REASONS = ["too-few", "too-many", "artefacts", "estimates-differ", "gaps"] as const;
export type QualityReason = (typeof QUALITY_REASONS)[number];

export type MorningReading = Omit<RrSummary, "beats"> & {
  /** Intervals recorded, and how long they took together. */
  beats: number;
  durationS: number;
  quality: RecordingQuality;
  reasons: QualityReason[];
  acceptedShare: number;
  coverage: number | null;
  found: CorrectedRr["found"];
  /** RMSSD by the plain 20 % rule, which tells a heart that breathes deeply from one that stumbles. */
  secondEstimateMs: number | null;
};

/** What a time beside the intervals tells of them; without one nothing is known of either. */
export type Timing = {
  /** Sum of the intervals as a share of the time they span; null when unknown. */
  coverage: number | null;
  /** Which intervals did not follow the one before: beats are missing between them. */
  afterGap: ReadonlySet<number>;
};

/** What is wholly known of intervals without a time: nothing. */
export const NO_TIMING: Timing = { coverage: null, afterGap: new Set() };

const FEWEST_BEATS = 60;
const LONGEST_MS = 20 * 60_000;
/** Twenty minutes at 240 beats a minute: a bound also for a file of tiny numbers. */
const MOST_BEATS = 4800;
const SHARES = { good: 0.95, usable: 0.8 };
const RATIOS = { good: [0.8, 1.25], usable: [0.67, 1.5] } as const;

/**
 * Reduces a short lying recording (RR intervals, ms) to a morning reading after artefact correction. A rejected one
 * keeps its figures but is no reading; of more than 20 minutes the figures are those of the first 20. Throws RangeError
 * when an interval is not a positive finite number, or there is none.
 */
export function morningReading(rrMs: readonly number[], timing: Timing = NO_TIMING): MorningReading {
  if (!rrMs.every((rr) => Number.isFinite(rr) && rr > 0))
    throw new RangeError("an RR interval must be positive");
  const used = leading(rrMs);
  const isJoined = (i: number) => !timing.afterGap.has(i);
  const corrected = correctArtefacts(used, isJoined);
  const plain = plainRule(used, isJoined);
  // With every interval at fault the mean is at least that of what was recorded.
  const summary = summariseRr(corrected.rrMs.length > 0 ? corrected.rrMs : used);
  const { rmssdMs, acceptedShare, found } = corrected;
  const judged = judge({
    beats: rrMs.length,
    isCut: used.length < rrMs.length,
    acceptedShare,
    coverage: timing.coverage,
    ratio: ratioOf(rmssdMs, plain.rmssdMs),
  });
  return {
    ...summary,
    beats: rrMs.length,
    durationS: rrMs.reduce((sum, rr) => sum + rr, 0) / 1000,
    rmssdMs,
    lnRmssd: rmssdMs ? Math.log(rmssdMs) : null,
    ...judged,
    acceptedShare,
    coverage: timing.coverage,
    found,
    secondEstimateMs: plain.rmssdMs,
  };
}

function leading(rrMs: readonly number[]): readonly number[] {
  let lastedMs = 0;
  const tooLate = rrMs.findIndex((rr, i) => {
    lastedMs += rr;
    return lastedMs > LONGEST_MS || i >= MOST_BEATS;
  });
  return tooLate < 0 ? rrMs : rrMs.slice(0, Math.max(1, tooLate));
}

/** Of two estimates; null when there are not two. An even rhythm gives 0 twice: they agree. */
function ratioOf(first: number | null, second: number | null): number | null {
  if (first === null || second === null) return null;
  return first === second ? 1 : first / second;
}

type Judged = {
  beats: number;
  isCut: boolean;
  acceptedShare: number;
  coverage: number | null;
  ratio: number | null;
};

/** The table of quality: each figure puts the recording in one of three classes, the worst one counts. */
export function judge(of: Judged): { quality: RecordingQuality; reasons: QualityReason[] } {
  const classes: Record<QualityReason, RecordingQuality> = {
    "too-few": of.beats < FEWEST_BEATS ? "rejected" : "good",
    "too-many": of.isCut ? "rejected" : "good",
    artefacts: classOfShare(of.acceptedShare),
    // One or two beats give no estimates that could differ.
    "estimates-differ": of.ratio === null && of.beats < FEWEST_BEATS ? "good" : classOfRatio(of.ratio),
    gaps: of.coverage === null ? "good" : classOfShare(of.coverage),
  };
  const reasons = QUALITY_REASONS.filter((reason) => classes[reason] !== "good");
  const isRejected = reasons.some((reason) => classes[reason] === "rejected");
  return { quality: isRejected ? "rejected" : reasons.length > 0 ? "poor" : "good", reasons };
}

function classOfShare(share: number): RecordingQuality {
  if (share < SHARES.usable) return "rejected";
  return share < SHARES.good ? "poor" : "good";
}

function classOfRatio(ratio: number | null): RecordingQuality {
  const isIn = ([low, high]: readonly [number, number]) => ratio !== null && ratio >= low && ratio <= high;
  if (!isIn(RATIOS.usable)) return "rejected";
  return isIn(RATIOS.good) ? "good" : "poor";
}
