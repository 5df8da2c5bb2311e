"use server";

import { revalidatePath } from "next/cache";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { fieldText } from "@/app/posted-form";
import { CHANGE_FIELDS, type ChangeState } from "@/components/roster/change-state";
import { AppError } from "@/lib/errors";
import { changeAthlete, removeAthlete } from "@/lib/services/athletes/manage";

const text = (form: FormData, name: string) => fieldText(form, name).trim();

function show(form: FormData): void {
  revalidatePath(`/squads/${text(form, "fromSquadId")}`, "layout");
}

/** Changes name, address, group or squad of an athlete; what was entered comes back with the field that is wrong. */
export async function changeAction(_before: ChangeState, form: FormData): Promise<ChangeState> {
  const entered = {
    name: text(form, "name"),
    email: text(form, "email"),
    groupName: text(form, "groupName"),
    squadId: text(form, "squadId"),
  };
  const { squadId, ...changes } = entered;
  const moved = squadId !== text(form, "fromSquadId");
  const input = { athleteId: text(form, "athleteId"), ...changes, ...(moved ? { squadId } : {}) };
  try {
    await changeAthlete({ ctx: await coachContext(), input });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: "refused", field: CHANGE_FIELDS.find((name) => name === error.field) ?? null, entered };
  }
  show(form);
  return { kind: "idle" };
}

/** Takes an athlete off the team. */
export async function removeAction(form: FormData): Promise<void> {
  await removeAthlete({ ctx: await coachContext(), input: { athleteId: text(form, "athleteId") } }).catch(
    nearestPage,
  );
  show(form);
}
