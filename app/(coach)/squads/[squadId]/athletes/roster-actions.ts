"use server";

import { revalidatePath } from "next/cache";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { fieldText } from "@/app/posted-form";
import { changeAthlete, removeAthlete } from "@/lib/services/athletes/manage";

const text = (form: FormData, name: string) => fieldText(form, name).trim();

function show(form: FormData): void {
  revalidatePath(`/squads/${text(form, "fromSquadId")}`, "layout");
}

/** Changes name, address, group or squad of an athlete. */
export async function changeAction(form: FormData): Promise<void> {
  const squadId = text(form, "squadId");
  const moved = squadId !== text(form, "fromSquadId");
  await changeAthlete({
    ctx: await coachContext(),
    input: {
      athleteId: text(form, "athleteId"),
      name: text(form, "name"),
      email: text(form, "email"),
      groupName: text(form, "groupName"),
      ...(moved ? { squadId } : {}),
    },
  }).catch(nearestPage);
  show(form);
}

/** Takes an athlete off the team. */
export async function removeAction(form: FormData): Promise<void> {
  await removeAthlete({ ctx: await coachContext(), input: { athleteId: text(form, "athleteId") } }).catch(
    nearestPage,
  );
  show(form);
}
