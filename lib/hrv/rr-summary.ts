/** What a series of RR intervals reduces to; null where too few intervals remain. */
export type RrSummary = {
  beats: number;
  meanRrMs: number;
  meanHrBpm: number;
  /** Sample SD (n - 1) of the intervals, ms. */
  sdnnMs: number | null;
  /** Root mean square of successive differences, ms. */
  rmssdMs: number | null;
  /** ln(RMSSD / 1 ms); null when RMSSD is 0. */
  lnRmssd: number | null;
};

/**
 * Time-domain HRV of intervals in ms. Task Force of ESC and NASPE 1996, doi:10.1161/01.CIR.93.5.1043;
 * Shaffer & Ginsberg 2017, doi:10.3389/fpubh.2017.00258. Throws RangeError on an empty series.
 */
export function summariseRr(rrMs: readonly number[]): RrSummary {
  if (rrMs.length === 0) throw new RangeError("an RR series needs at least one interval");
  const beats = rrMs.length;
  const meanRrMs = rrMs.reduce((sum, rr) => sum + rr, 0) / beats;
  const spread = rrMs.reduce((sum, rr) => sum + (rr - meanRrMs) ** 2, 0);
  const rmssdMs = rmssdOf(rrMs.slice(1).map((rr, i) => rr - rrMs[i]!));
  return {
    beats,
    meanRrMs,
    meanHrBpm: 60_000 / meanRrMs,
    sdnnMs: beats > 1 ? Math.sqrt(spread / (beats - 1)) : null,
    rmssdMs,
    lnRmssd: rmssdMs ? Math.log(rmssdMs) : null,
  };
}

/** Root mean square of successive differences; null without any. */
export function rmssdOf(differencesMs: readonly number[]): number | null {
  if (differencesMs.length === 0) return null;
  return Math.sqrt(
    differencesMs.reduce((sum, difference) => sum + difference ** 2, 0) / differencesMs.length,
  );
}
