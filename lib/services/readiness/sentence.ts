import { beside, inSd } from "@/lib/number-text";
import { VALID_RMSSD_MS } from "@/lib/readiness/constants";
import type { Evidence } from "@/lib/readiness/evidence";
import { heartRateBpm, readingBesideUsual, trendInSd } from "./figures";

/** A message of the catalogue's `levels` area, and what goes into it, already formatted for the locale. */
export type Phrase = { key: string; values: Record<string, string | number> };

/** What was measured, then the suggestion: the one sentence of a day, the same for coach, mail and athlete. */
export function levelSentence(evidence: Evidence, locale: string): Phrase {
  if (evidence.reason !== null) return noVerdictSentence(evidence, locale);
  return { key: `sentences.${sentenceKey(evidence)}`, values: valuesOf(evidence, locale) };
}

/** The same to the athlete, who is told who decides where the coach is asked to. */
export function sentenceToAthlete(evidence: Evidence, locale: string): Phrase {
  const sentence = levelSentence(evidence, locale);
  return evidence.reason === "suspect" ? { ...sentence, key: `${sentence.key}-own` } : sentence;
}

/**
 * What would have to happen for the level not to hold tomorrow, or after some nights where no single night can do it: nobody is
 * asked for a reading above their highest of the last 60 days. Null where no mailed level holds.
 */
export function clearingSentence(evidence: Evidence, locale: string): Phrase | null {
  if (evidence.clearing === null) return null;
  const { rmssdMs, loadToday, loadCanRise } = evidence.clearing.tomorrow;
  // A low week stays low whatever the load, so rest is offered only where load is part of every level that holds.
  const isAboutLoad = !evidence.levels.includes("unexplained");
  if (isAboutLoad && !loadCanRise) return { key: "clearing.loadUnknown", values: {} };
  const load = isAboutLoad ? loadToday : null;
  const { highest60Ms: highest = null, usualMs: usual = 0, nights = null } = evidence.wayBack ?? {};
  const outOfReach = rmssdMs !== null && highest !== null && rmssdMs > highest;
  if (rmssdMs === null || outOfReach) {
    const single = outOfReach
      ? { single: "outOfReach", ms: rmssdMs, highest: beside(highest, [rmssdMs], locale) }
      : NO_SINGLE_NIGHT;
    const known = {
      ...single,
      usual,
      nights: nights ?? 0,
      many: nights === null ? "unknown" : "known",
      source: evidence.source,
    };
    return load === null
      ? { key: "clearing.neither", values: known }
      : { key: "clearing.load", values: { ...known, load: String(load) } };
  }
  if (load !== null) return { key: "clearing.both", values: { ms: rmssdMs, load: String(load) } };
  return { key: isAboutLoad ? "clearing.readingNotRest" : "clearing.reading", values: { ms: rmssdMs } };
}

const NO_SINGLE_NIGHT = { single: "none", ms: 0, highest: 0 };

/** Says that the baseline is short of 30 nights where a verdict stands on it; null otherwise. */
export function provisionalPhrase(evidence: Evidence): Phrase | null {
  if (evidence.reason !== null || evidence.baseline.grade !== "provisional") return null;
  return { key: "provisional", values: { n: evidence.baseline.n, source: evidence.source } };
}

const JUDGED_MS = Object.values(VALID_RMSSD_MS);

function noVerdictSentence(evidence: Evidence, locale: string): Phrase {
  const ms = evidence.rmssdMs === null ? "" : beside(evidence.rmssdMs, JUDGED_MS, locale);
  const reason = evidence.context?.suspectPair ? "suspect-pair" : evidence.reason;
  return { key: `noVerdict.${reason}`, values: { ms, n: evidence.baseline.n, source: evidence.source } };
}

function sentenceKey({ level, rules, guards, z }: Evidence): string {
  if (level === "unexplained" && !guards.lowThreeDays) return "unexplainedSettled";
  if (level === "recovery") return rules.R5 ? "recoveryFalling" : "recoveryLow";
  if (level === "steady" && (z ?? 0) > 1) return "steadyAbove";
  if (level === "watch") return rules.R1 || rules.R3 ? "watchLow" : "watchFalling";
  return level;
}

function valuesOf(evidence: Evidence, locale: string): Phrase["values"] {
  const percent = Math.round(evidence.load.changePercent ?? 0);
  const trend = trendInSd(evidence);
  return {
    ...readingBesideUsual(evidence, locale),
    z: evidence.z === null ? "" : inSd(evidence.z, locale),
    trend: trend === null ? "" : inSd(trend, locale),
    percent,
    percentKnown: percent > 0 ? "yes" : "no",
    load: loadWord(evidence),
    settled: evidence.guards.settledLower ? "yes" : "no",
    fortnight: evidence.mean14 === null ? "" : Math.round(Math.exp(evidence.mean14)),
    before: evidence.reference.mean === null ? "" : Math.round(Math.exp(evidence.reference.mean)),
    heartRate: heartRateWord(evidence),
    bpm: Math.round(heartRateBpm(evidence) ?? 0),
    zHr: evidence.companion.zHr === null ? "" : inSd(evidence.companion.zHr, locale),
    below: evidence.guards.belowUsual ? "yes" : "no",
  };
}

/** `usual` is not worth a sentence: heart rate is told where it moved beside a low reading. */
function heartRateWord({ companion }: Evidence): "up" | "down" | "untold" {
  if (companion.pattern === "hr-up") return "up";
  return companion.pattern === "hr-down" ? "down" : "untold";
}

/** `week`: more than the week before by the squad's margin, and yet not above the four weeks. */
function loadWord({ rules, load, loadRisePercent }: Evidence): "rising" | "week" | "notRising" | "unknown" {
  if (rules.R6 === null) return "unknown";
  if (rules.R6) return "rising";
  return (load.changePercent ?? 0) > loadRisePercent ? "week" : "notRising";
}

const CONTEXT_NOTES = ["morning", "travel", "drift", "robust"] as const;

type ContextNote = (typeof CONTEXT_NOTES)[number];

/** What a verdict is to be read with, each a sentence of its own; none changes the level. docs/method/context.md. */
export function contextPhrases(
  evidence: Evidence,
  locale: string,
  wanted: readonly ContextNote[] = CONTEXT_NOTES,
): Phrase[] {
  return wanted.flatMap((note) => {
    const values = phraseValues[note](evidence, locale);
    return values ? [{ key: `context.${note}`, values }] : [];
  });
}

const phraseValues: Record<ContextNote, (evidence: Evidence, locale: string) => Phrase["values"] | null> = {
  morning: ({ source }) => (source === "morning" ? {} : null),
  travel: ({ context }) => (context?.travel ? {} : null),
  drift: ({ context }, locale) =>
    context?.drift.drifting ? { change: inSd(context.drift.changeSd ?? 0, locale) } : null,
  robust: ({ context }, locale) =>
    context?.robust?.disagrees && context.robust.z !== null
      ? { z: inSd(context.robust.z, locale), low: context.robust.z < -1 ? "yes" : "no" }
      : null,
};
