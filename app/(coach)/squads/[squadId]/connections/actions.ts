"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { coachContext } from "@/app/context";
import { readForm, text } from "@/app/form";
import { nearestPage } from "@/app/nearest-page";
import { viewConnections } from "@/lib/services/squads/connections";
import { requestSync } from "@/lib/services/sync/cycle";

const oneFields = z.object({ squadId: text, athleteId: text });

/** Asks Polar for one athlete's news now. */
export async function syncOne(form: FormData): Promise<void> {
  const ctx = await coachContext();
  const { squadId, athleteId } = readForm(oneFields, form);
  await requestSync({ ctx, input: { athleteId } }).catch(nearestPage);
  revalidatePath(`/squads/${squadId}/connections`);
}

const allFields = z.object({ squadId: text });

/** Asks Polar for everybody's news; the quota is minded by the sync itself. */
export async function syncAll(form: FormData): Promise<void> {
  const ctx = await coachContext();
  const view = await viewConnections({ ctx, input: readForm(allFields, form) }).catch(nearestPage);
  for (const { athleteId, status } of view.athletes) {
    if (status === "active") await requestSync({ ctx, input: { athleteId } }).catch(nearestPage);
  }
  revalidatePath(`/squads/${view.squad.id}/connections`);
}
