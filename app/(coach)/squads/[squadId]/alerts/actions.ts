"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { coachContext } from "@/app/context";
import { number, readForm, refusalOf, text, ticked } from "@/app/form";
import { chooseMails } from "@/lib/services/news/subscription";
import { changeSquad } from "@/lib/services/squads/manage";

const ofSquad = z.object({ squadId: text });

/** Does it and says on the page how it went. */
async function saying(form: FormData, act: () => Promise<void>): Promise<never> {
  const { squadId } = readForm(ofSquad, form);
  const say = await act().then(
    () => "saved",
    (error: unknown) => refusalOf(error) && "refused",
  );
  redirect(`/squads/${encodeURIComponent(squadId)}/alerts?say=${say}`);
}

const alertsFields = z.object({ squadId: text, preset: text, baselineDays: number });

/** Keeps the chosen preset and baseline. */
export async function saveAlerts(form: FormData): Promise<void> {
  const ctx = await coachContext();
  await saying(form, async () => changeSquad({ ctx, input: readForm(alertsFields, form) }));
}

const mailFields = z.object({ squadId: text, morning: ticked, laterToday: ticked });

/** Keeps which of the squad's mails the caller gets. */
export async function saveMailChoice(form: FormData): Promise<void> {
  const ctx = await coachContext();
  await saying(form, async () => chooseMails({ ctx, input: readForm(mailFields, form) }));
}
