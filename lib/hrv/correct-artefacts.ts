import { type BeatClass, classifyBeats } from "./classify-beats";

export type CorrectedRr = {
  rrMs: number[];
  /** Intervals left untouched, as a share of those recorded: 0 to 1. */
  acceptedShare: number;
  /** How many intervals of each class were corrected. */
  found: Record<Exclude<BeatClass, "normal">, number>;
};

/**
 * Artefact correction after Lipponen & Tarvainen 2019 (doi:10.1080/03091902.2019.1640306): a missed beat is inserted,
 * an extra one joined to its neighbour, ectopic, long and short intervals are interpolated between untouched ones.
 */
export function correctArtefacts(rrMs: readonly number[]): CorrectedRr {
  const classes = classifyBeats(rrMs);
  const found = { ectopic: 0, "long-or-short": 0, missed: 0, extra: 0 };
  const repaired: { rr: number; trusted: boolean }[] = [];
  for (let i = 0; i < rrMs.length; i++) {
    const beat = classes[i]!;
    const rr = rrMs[i]!;
    if (beat !== "normal") found[beat]++;
    if (beat === "missed") repaired.push({ rr: rr / 2, trusted: true }, { rr: rr / 2, trusted: true });
    else if (beat === "extra" && i + 1 < rrMs.length) repaired.push({ rr: rr + rrMs[++i]!, trusted: true });
    else repaired.push({ rr, trusted: beat === "normal" });
  }
  const touched = Object.values(found).reduce((sum, count) => sum + count, 0);
  return {
    rrMs: interpolated(repaired),
    acceptedShare: rrMs.length > 0 ? 1 - touched / rrMs.length : 0,
    found,
  };
}

function interpolated(beats: readonly { rr: number; trusted: boolean }[]): number[] {
  return beats.map(({ rr, trusted }, i) => {
    if (trusted) return rr;
    const before = beats.findLastIndex((beat, j) => j < i && beat.trusted);
    const after = beats.findIndex((beat, j) => j > i && beat.trusted);
    if (before < 0 || after < 0) return beats[Math.max(before, after)]?.rr ?? rr;
    const share = (i - before) / (after - before);
    return beats[before]!.rr + share * (beats[after]!.rr - beats[before]!.rr);
  });
}
