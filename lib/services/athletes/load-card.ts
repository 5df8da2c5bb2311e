import { findStoredLoads, type StoredLoads } from "@/db/queries/athlete-card";
import type { Context } from "@/lib/context";
import type { LoadKind } from "@/lib/readiness/load/kind";
import { type LoadNumbers, loadNumbers } from "@/lib/readiness/load/load-numbers";
import { type MissingInput, NEEDS } from "@/lib/readiness/load/session-loads";
import { addDays, type CivilDate } from "@/lib/time/civil-date";

export type LoadCardView = {
  kind: LoadKind;
  /** The evening up to which the numbers count. */
  to: CivilDate;
  numbers: LoadNumbers;
  /** Of the last 28 days. */
  unknownDays: number;
  /** What the kind needs and sessions of the last 28 days lack. */
  missing: { input: MissingInput; sessions: number }[];
  polar: StoredLoads["polar"];
};

/** An athlete's load in numbers on the morning of a day. Called by verbs that checked their caller. */
export async function readLoadCard(
  ctx: Context,
  of: { teamId: string; athleteId: string; day: CivilDate; loadKind: LoadKind },
): Promise<LoadCardView> {
  const stored = await findStoredLoads(ctx.db, of);
  const kind = stored.kind ?? of.loadKind;
  const loads = stored.loads ?? [];
  const needs: readonly MissingInput[] = kind === "cardio-load" ? [] : NEEDS[kind];
  return {
    kind,
    to: addDays(of.day, -1),
    numbers: loadNumbers(loads),
    unknownDays: loads.slice(-28).filter((load) => load === null).length,
    missing: stored.missing.filter(({ input }) => needs.includes(input)),
    polar: stored.polar,
  };
}
