import { type BeatClass, classifyBeats } from "./classify-beats";
import { rmssdOf } from "./rr-summary";

export type CorrectedRr = {
  /** Intervals left alone, joined of two, or halved; those of a wrong length are gone. */
  rrMs: number[];
  /** Over differences between intervals left alone or joined, where one followed the other; null without any. */
  rmssdMs: number | null;
  /** Intervals left untouched, as a share of those recorded: 0 to 1. */
  acceptedShare: number;
  /** How many intervals of each class were found. */
  found: Record<Exclude<BeatClass, "normal">, number>;
};

type Repaired = {
  rr: number;
  /** `kept` counts in differences, `halved` only in the mean and its spread, `dropped` nowhere. */
  as: "kept" | "halved" | "dropped";
  joined: boolean;
};

/**
 * Artefacts found after Lipponen & Tarvainen 2019 (doi:10.1080/03091902.2019.1640306). An extra beat is joined to the
 * interval after it, one that hides a beat is halved, those of a wrong length are left out. Other than in the paper
 * nothing is interpolated: an invented interval differs too little from its neighbours and lowers RMSSD.
 * `isJoined(i)` is false where interval i did not follow the one before it.
 */
export function correctArtefacts(
  rrMs: readonly number[],
  isJoined: (i: number) => boolean = () => true,
): CorrectedRr {
  const classes = classifyBeats(rrMs);
  const repaired = repair(rrMs, classes, isJoined);
  const differences = repaired.flatMap(({ rr, as, joined }, i) => {
    const before = repaired[i - 1];
    return joined && as === "kept" && before?.as === "kept" ? [rr - before.rr] : [];
  });
  const count = (wanted: BeatClass) => classes.filter((beat) => beat === wanted).length;
  const untouched = repaired.filter(({ as }) => as === "kept").length - count("extra");
  return {
    rrMs: repaired.flatMap(({ rr, as }) => (as === "dropped" ? [] : [rr])),
    rmssdMs: rmssdOf(differences),
    acceptedShare: rrMs.length > 0 ? untouched / rrMs.length : 0,
    found: {
      ectopic: count("ectopic"),
      "long-or-short": count("long-or-short"),
      missed: count("missed"),
      extra: count("extra"),
    },
  };
}

function repair(rrMs: readonly number[], classes: BeatClass[], isJoined: (i: number) => boolean): Repaired[] {
  const repaired: Repaired[] = [];
  for (let i = 0; i < rrMs.length; i++) {
    const rr = rrMs[i]!;
    const joined = i > 0 && isJoined(i);
    // The last interval has none after it to be joined to, and one after a gap is no part of it.
    if (classes[i] === "extra" && (i + 1 >= rrMs.length || !isJoined(i + 1))) classes[i] = "long-or-short";
    if (classes[i] === "extra") {
      i++;
      classes[i] = "normal";
      repaired.push({ rr: rr + rrMs[i]!, as: "kept", joined });
    } else if (classes[i] === "missed") {
      repaired.push({ rr: rr / 2, as: "halved", joined }, { rr: rr / 2, as: "halved", joined: true });
    } else repaired.push({ rr, as: classes[i] === "normal" ? "kept" : "dropped", joined });
  }
  return repaired;
}
