"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { coachContext } from "@/app/context";
import { readForm, refusalOf, text } from "@/app/form";
import { nearestPage } from "@/app/nearest-page";
import { CHANGE_FIELDS, type ChangeState } from "@/components/roster/change-state";
import { changeAthlete, removeAthlete } from "@/lib/services/athletes/manage";

const show = (squadId: string) => revalidatePath(`/squads/${squadId}`, "layout");

const entry = z.object({ athleteId: text, fromSquadId: text });
const changes = z.object({ name: text, email: text, groupName: text, squadId: text });

/** Changes name, address, group or squad of an athlete; what was entered comes back with the field that is wrong. */
export async function changeAction(_before: ChangeState, form: FormData): Promise<ChangeState> {
  const ctx = await coachContext();
  const { athleteId, fromSquadId } = readForm(entry, form);
  const entered = readForm(changes, form);
  const { squadId, ...rest } = entered;
  const moved = squadId !== fromSquadId;
  try {
    await changeAthlete({ ctx, input: { athleteId, ...rest, ...(moved ? { squadId } : {}) } });
    show(fromSquadId);
    return { kind: "idle" };
  } catch (error) {
    const { field } = refusalOf(error);
    return { kind: "refused", field: CHANGE_FIELDS.find((name) => name === field) ?? null, entered };
  }
}

/** Takes an athlete off the team. */
export async function removeAction(form: FormData): Promise<void> {
  const ctx = await coachContext();
  const { athleteId, fromSquadId } = readForm(entry, form);
  await removeAthlete({ ctx, input: { athleteId } }).catch(nearestPage);
  show(fromSquadId);
}
