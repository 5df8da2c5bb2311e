import type { NormalisedPayload } from "@/lib/providers/polar/normalise/payload";

export type Owner = { teamId: string; athleteId: string };

/** The values of one payload with where they come from. */
export type Sourced = { payloadId: string; fetchedAt: Date; normalised: NormalisedPayload };

type Kind = NormalisedPayload["kind"];

type ValueOf<K extends Kind> = Extract<NormalisedPayload, { kind: K }>["values"][number];

export type SourcedValue<K extends Kind> = { value: ValueOf<K>; payloadId: string; fetchedAt: Date };

/** Values of one kind, each with its source. */
export function valuesOf<K extends Kind>(sources: readonly Sourced[], kind: K): SourcedValue<K>[] {
  return sources
    .filter((source) => source.normalised.kind === kind)
    .flatMap(({ normalised, payloadId, fetchedAt }) =>
      (normalised.values as ValueOf<K>[]).map((value) => ({ value, payloadId, fetchedAt })),
    );
}
