"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { fieldText } from "@/app/posted-form";
import type { CreateState } from "@/components/squads/create-squad";
import { AppError } from "@/lib/errors";
import { createSquad, restoreSquad } from "@/lib/services/squads/manage";

/** Makes a squad and opens it. */
export async function createSquadAction(_before: CreateState, form: FormData): Promise<CreateState> {
  const text = (name: string) => fieldText(form, name);
  let squadId: string;
  try {
    const input = { name: text("name"), timeZone: text("timeZone"), preset: text("preset") };
    ({ squadId } = await createSquad({ ctx: await coachContext(), input }));
  } catch (error) {
    if (error instanceof AppError) return { field: error.field ?? "form", name: text("name") };
    throw error;
  }
  redirect(`/squads/${squadId}`);
}

/** Brings a squad back that was put away. */
export async function restoreSquadAction(form: FormData): Promise<void> {
  await restoreSquad({
    ctx: await coachContext(),
    input: { squadId: fieldText(form, "squadId") },
  }).catch(nearestPage);
  revalidatePath("/squads", "layout");
}
