"use server";

import { redirect } from "next/navigation";
import { coachContext } from "@/app/context";
import { fieldText } from "@/app/posted-form";
import { AppError } from "@/lib/errors";
import { chooseMails } from "@/lib/services/news/subscription";
import { changeSquad } from "@/lib/services/squads/manage";

/** Keeps the chosen preset and baseline. */
export async function saveAlerts(form: FormData): Promise<void> {
  const squadId = fieldText(form, "squadId");
  const preset = fieldText(form, "preset");
  const baselineDays = Number(form.get("baselineDays"));
  let say = "saved";
  try {
    await changeSquad({ ctx: await coachContext(), input: { squadId, preset, baselineDays } });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say = "refused";
  }
  redirect(`/squads/${encodeURIComponent(squadId)}/alerts?say=${say}`);
}

/** Keeps which of the squad's mails the caller gets. */
export async function saveMailChoice(form: FormData): Promise<void> {
  const squadId = fieldText(form, "squadId");
  const [morning, laterToday] = [form.get("morning") !== null, form.get("laterToday") !== null];
  let say = "saved";
  try {
    await chooseMails({ ctx: await coachContext(), input: { squadId, morning, laterToday } });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say = "refused";
  }
  redirect(`/squads/${encodeURIComponent(squadId)}/alerts?say=${say}`);
}
