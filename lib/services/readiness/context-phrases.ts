import type { Evidence } from "@/lib/readiness/evidence";
import { inSd } from "./figures";
import type { Phrase } from "./sentence";

const CONTEXT_NOTES = ["morning", "travel", "drift", "robust"] as const;
type ContextNote = (typeof CONTEXT_NOTES)[number];

/** What a verdict is to be read with, each a sentence of its own; none changes the level. docs/method/context.md. */
export function contextPhrases(
  evidence: Evidence,
  locale: string,
  wanted: readonly ContextNote[] = CONTEXT_NOTES,
): Phrase[] {
  return wanted.flatMap((note) => {
    const values = valuesOf[note](evidence, locale);
    return values ? [{ key: `context.${note}`, values }] : [];
  });
}

const valuesOf: Record<ContextNote, (evidence: Evidence, locale: string) => Phrase["values"] | null> = {
  morning: ({ source }) => (source === "morning" ? {} : null),
  travel: ({ context }) => (context?.travel ? {} : null),
  drift: ({ context }, locale) =>
    context?.drift.drifting ? { change: inSd(context.drift.changeSd ?? 0, locale) } : null,
  robust: ({ context }, locale) =>
    context?.robust?.disagrees && context.robust.z !== null
      ? { z: inSd(context.robust.z, locale), low: context.robust.z < -1 ? "yes" : "no" }
      : null,
};
