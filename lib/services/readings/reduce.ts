import type { NewMorningReading } from "@/db/queries/readings/readings";
import { morningReading } from "@/lib/hrv/morning-reading";

type Reduced = Pick<
  NewMorningReading,
  "rmssdMs" | "sdnnMs" | "heartRateBpm" | "acceptedShare" | "quality"
> & {
  beats: number;
};

/** RR intervals in ms reduced to what is stored; null where not even a figure comes out. */
export function reduceRr(rrMs: readonly (number | null)[]): Reduced | null {
  const beats = rrMs.filter((rr): rr is number => rr !== null && rr > 0);
  if (beats.length < 2) return null;
  const { rmssdMs, sdnnMs, meanHrBpm, acceptedShare, quality } = morningReading(beats);
  if (rmssdMs === null) return null;
  return { rmssdMs, sdnnMs, heartRateBpm: meanHrBpm, acceptedShare, quality, beats: beats.length };
}
