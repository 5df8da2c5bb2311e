"use server";

import { revalidatePath } from "next/cache";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { fieldText } from "@/app/posted-form";
import { recordingState, takeRr, takeTable } from "@/app/reading-uploads";
import type { RrState, RuleState, TableState } from "@/components/readings/states";
import { AppError } from "@/lib/errors";
import { removeReading } from "@/lib/services/readings/keep";
import { readByRule } from "@/lib/services/readings/read-sessions";

const changed = (athleteId: string) => revalidatePath(`/athletes/${athleteId}`, "layout");

/** Shows what a table would be stored as, or stores it. */
export async function uploadTable(_before: TableState, form: FormData): Promise<TableState> {
  const athleteId = fieldText(form, "athleteId");
  const state = await takeTable({ ctx: await coachContext(), athleteId, form });
  if (state.kind === "stored") changed(athleteId);
  return state;
}

/** Takes one RR file, or the choice of its column. */
export async function uploadRr(_before: RrState, form: FormData): Promise<RrState> {
  return takeRr({ ctx: await coachContext(), athleteId: fieldText(form, "athleteId"), form });
}

/** What became of a recording. */
export async function lookAtRr(athleteId: string, uploadId: string): Promise<RrState> {
  const ctx = await coachContext();
  const state = await recordingState({ ctx, athleteId, uploadId }).catch(nearestPage);
  if (state.kind === "upload" && state.upload.state === "read") changed(athleteId);
  return state;
}

/** Sets the squad's rule and reads this athlete's recordings by it. */
export async function saveRule(_before: RuleState, form: FormData): Promise<RuleState> {
  const ctx = await coachContext();
  const athleteId = fieldText(form, "athleteId");
  const seconds = (name: string) => Math.round(Number(fieldText(form, name)) * 60);
  try {
    const rule = {
      squadId: fieldText(form, "squadId"),
      sports: form.getAll("sport").map(String),
      shortestS: seconds("shortest"),
      longestS: seconds("longest"),
    };
    const { found } = await readByRule({ ctx, input: { athleteId, rule } });
    changed(athleteId);
    return { kind: "read", found };
  } catch (error) {
    if (error instanceof AppError) return { kind: "failed", code: error.code };
    throw error;
  }
}

/** Takes an uploaded reading away. */
export async function remove(form: FormData): Promise<void> {
  const athleteId = fieldText(form, "athleteId");
  const input = { athleteId, date: fieldText(form, "date"), origin: fieldText(form, "origin") };
  await removeReading({ ctx: await coachContext(), input }).catch(nearestPage);
  changed(athleteId);
}
