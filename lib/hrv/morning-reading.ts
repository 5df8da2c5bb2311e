import { type CorrectedRr, correctArtefacts } from "./correct-artefacts";
import { malikFilter } from "./malik";
import { type RrSummary, summariseRr } from "./rr-summary";

/** Stored with what a recording was reduced to; changes whenever a figure could, so that recordings are read again. */
export const REDUCTION_VERSION = "1";

/** `poor` below 95 % untouched intervals; `rejected` below 80 %, or with too few to reduce. */
type RecordingQuality = "good" | "poor" | "rejected";

export type MorningReading = RrSummary & {
  quality: RecordingQuality;
  acceptedShare: number;
  found: CorrectedRr["found"];
  /** RMSSD by the plain 20 % rule, as a check on the correction. */
  malikRmssdMs: number | null;
};

const FEWEST_BEATS = 60;
const GOOD_SHARE = 0.95;
const USABLE_SHARE = 0.8;

/**
 * Reduces a short lying recording (RR intervals, ms) to a morning reading after artefact correction. A rejected one
 * keeps its figures but is no reading. Throws RangeError when no interval is a positive finite number.
 */
export function morningReading(rrMs: readonly number[]): MorningReading {
  const usable = rrMs.filter((rr) => Number.isFinite(rr) && rr > 0);
  const corrected = correctArtefacts(usable);
  const malik = malikFilter(usable);
  return {
    ...summariseRr(corrected.rrMs),
    quality: qualityOf(usable.length, corrected.acceptedShare, malik.acceptedShare),
    acceptedShare: corrected.acceptedShare,
    found: corrected.found,
    malikRmssdMs: malik.rmssdMs,
  };
}

// Thresholds that follow the recording grow with its artefacts: where every few beats are wrong only the plain rule sees it.
function qualityOf(beats: number, acceptedShare: number, malikShare: number): RecordingQuality {
  if (beats < FEWEST_BEATS || Math.min(acceptedShare, malikShare) < USABLE_SHARE) return "rejected";
  return acceptedShare < GOOD_SHARE ? "poor" : "good";
}
