"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { coachContext } from "@/app/context";
import { number, readForm, refusalOf, text, texts } from "@/app/form";
import { nearestPage } from "@/app/nearest-page";
import { recordingState, takeRr, takeTable } from "@/app/reading-uploads";
import type { RrState, RuleState, TableState } from "@/components/readings/states";
import { removeReading } from "@/lib/services/readings/keep";
import { readByRule } from "@/lib/services/readings/read-sessions";

const changed = (athleteId: string) => revalidatePath(`/athletes/${athleteId}`, "layout");

const ofAthlete = z.object({ athleteId: text });

/** Shows what a table would be stored as, or stores it. */
export async function uploadTable(before: TableState, form: FormData): Promise<TableState> {
  const { athleteId } = readForm(ofAthlete, form);
  const state = await takeTable({ ctx: await coachContext(), athleteId, form, before });
  if (state.kind === "stored") changed(athleteId);
  return state;
}

/** Takes one RR file, or the choice of its column. */
export async function uploadRr(_before: RrState, form: FormData): Promise<RrState> {
  return takeRr({ ctx: await coachContext(), ...readForm(ofAthlete, form), form });
}

/** What became of a recording. */
export async function lookAtRr(athleteId: string, uploadId: string): Promise<RrState> {
  const ctx = await coachContext();
  const state = await recordingState({ ctx, athleteId, uploadId }).catch(nearestPage);
  if (state.kind === "upload" && state.upload.state === "read") changed(athleteId);
  return state;
}

const seconds = number.transform((minutes) => Math.round(minutes * 60));

const ruleFields = z
  .object({ athleteId: text, squadId: text, sport: texts, shortest: seconds, longest: seconds })
  .transform(({ athleteId, squadId, sport, shortest, longest }) => ({
    athleteId,
    rule: { squadId, sports: sport, shortestS: shortest, longestS: longest },
  }));

/** Sets the squad's rule and reads this athlete's recordings by it. */
export async function saveRule(_before: RuleState, form: FormData): Promise<RuleState> {
  const ctx = await coachContext();
  try {
    const input = readForm(ruleFields, form);
    const { found } = await readByRule({ ctx, input });
    changed(input.athleteId);
    return { kind: "read", found };
  } catch (error) {
    return { kind: "failed", code: refusalOf(error).code };
  }
}

const readingFields = z.object({ athleteId: text, date: text, origin: text });

/** Takes an uploaded reading away. */
export async function remove(form: FormData): Promise<void> {
  const ctx = await coachContext();
  try {
    const input = readForm(readingFields, form);
    await removeReading({ ctx, input });
    changed(input.athleteId);
  } catch (error) {
    nearestPage(error);
  }
}
