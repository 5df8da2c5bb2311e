import type { NewMorningReading } from "@/db/queries/readings";
import {
  type MorningReading,
  morningReading,
  type QualityReason,
  type Timing,
} from "@/lib/hrv/morning-reading";

type Stored = Pick<NewMorningReading, "rmssdMs" | "sdnnMs" | "heartRateBpm" | "acceptedShare"> & {
  quality: MorningReading["quality"];
};

export type Reduced = { figures: Stored; beats: number; reasons: QualityReason[] };

/** RR intervals in ms reduced to what is stored; null where not even a figure comes out. */
export function reduceRr(rrMs: readonly number[], timing: Timing): Reduced | null {
  if (rrMs.length < 2) return null;
  const { rmssdMs, sdnnMs, meanHrBpm, acceptedShare, quality, beats, reasons } = morningReading(rrMs, timing);
  if (rmssdMs === null) return null;
  return { figures: { rmssdMs, sdnnMs, heartRateBpm: meanHrBpm, acceptedShare, quality }, beats, reasons };
}

/** A synced recording: where a beat was lost there is no interval, and none is bridged. */
export function reduceSamples(values: readonly (number | null)[]): Reduced | null {
  const rrMs: number[] = [];
  const afterGap = new Set<number>();
  let isLost = false;
  for (const value of values) {
    if (value !== null && value > 0) {
      if (isLost && rrMs.length > 0) afterGap.add(rrMs.length);
      rrMs.push(value);
    }
    isLost = value === null || value <= 0;
  }
  return reduceRr(rrMs, { coverage: null, afterGap });
}
