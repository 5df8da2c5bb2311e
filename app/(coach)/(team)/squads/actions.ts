"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { coachContext } from "@/app/context";
import { readForm, refusalOf, text } from "@/app/form";
import { nearestPage } from "@/app/nearest-page";
import type { CreateState } from "@/components/squads/create-squad";
import { createSquad, restoreSquad } from "@/lib/services/squads/manage";

const squadFields = z.object({ name: text, timeZone: text, preset: text });

/** Makes a squad and opens it. */
export async function createSquadAction(_before: CreateState, form: FormData): Promise<CreateState> {
  const ctx = await coachContext();
  const input = readForm(squadFields, form);
  let squadId: string;
  try {
    ({ squadId } = await createSquad({ ctx, input }));
  } catch (error) {
    return { field: refusalOf(error).field ?? "form", name: input.name };
  }
  redirect(`/squads/${squadId}`);
}

const restoreFields = z.object({ squadId: text });

/** Brings a squad back that was put away. */
export async function restoreSquadAction(form: FormData): Promise<void> {
  await restoreSquad({ ctx: await coachContext(), input: readForm(restoreFields, form) }).catch(nearestPage);
  revalidatePath("/squads", "layout");
}
