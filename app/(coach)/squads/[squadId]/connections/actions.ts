"use server";

import { revalidatePath } from "next/cache";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { fieldText } from "@/app/posted-form";
import { viewConnections } from "@/lib/services/squads/connections";
import { requestSync } from "@/lib/services/sync/cycle";

/** Asks Polar for one athlete's news now. */
export async function syncOne(form: FormData): Promise<void> {
  await requestSync({ ctx: await coachContext(), input: { athleteId: fieldText(form, "athleteId") } }).catch(
    nearestPage,
  );
  revalidatePath(`/squads/${fieldText(form, "squadId")}/connections`);
}

/** Asks Polar for everybody's news; the quota is minded by the sync itself. */
export async function syncAll(form: FormData): Promise<void> {
  const ctx = await coachContext();
  const view = await viewConnections({ ctx, input: { squadId: fieldText(form, "squadId") } }).catch(
    nearestPage,
  );
  for (const { athleteId, status } of view.athletes) {
    if (status === "active") await requestSync({ ctx, input: { athleteId } }).catch(nearestPage);
  }
  revalidatePath(`/squads/${view.squad.id}/connections`);
}
