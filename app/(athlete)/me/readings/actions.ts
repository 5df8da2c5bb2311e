"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { athleteContext } from "@/app/context";
import { readForm, text } from "@/app/form";
import { nearestPage } from "@/app/nearest-page";
import { recordingState, takeRr, takeTable } from "@/app/reading-uploads";
import type { RrState, TableState } from "@/components/readings/states";
import { requireCan } from "@/lib/services/access/require";
import { removeReading } from "@/lib/services/readings/keep";

async function own() {
  const ctx = await athleteContext();
  return { ctx, athleteId: requireCan(ctx, "own-page.view").athleteId };
}

const changed = () => revalidatePath("/me", "layout");

/** Shows what the athlete's table would be stored as, or stores it. */
export async function uploadOwnTable(before: TableState, form: FormData): Promise<TableState> {
  const state = await takeTable({ ...(await own()), form, before });
  if (state.kind === "stored") changed();
  return state;
}

/** Takes one RR file of the athlete's own, or the choice of its column. */
export async function uploadOwnRr(_before: RrState, form: FormData): Promise<RrState> {
  return takeRr({ ...(await own()), form });
}

/** What became of the athlete's recording. */
export async function lookAtOwnRr(_athleteId: string, uploadId: string): Promise<RrState> {
  const state = await recordingState({ ...(await own()), uploadId }).catch(nearestPage);
  if (state.kind === "upload" && state.upload.state === "read") changed();
  return state;
}

const readingFields = z.object({ date: text, origin: text });

/** Takes one of the athlete's own uploads away. */
export async function removeOwn(form: FormData): Promise<void> {
  const { ctx, athleteId } = await own();
  const input = { athleteId, ...readForm(readingFields, form) };
  await removeReading({ ctx, input }).catch(nearestPage);
  changed();
}
