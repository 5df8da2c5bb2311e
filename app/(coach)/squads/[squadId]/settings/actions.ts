"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { coachContext } from "@/app/context";
import { number, readForm, refusalOf, text, texts, ticked } from "@/app/form";
import { nearestPage } from "@/app/nearest-page";
import type { SettingsField, SettingsState } from "@/components/alerts/settings-state";
import { chooseOptionalStreams } from "@/lib/services/consents/optional";
import { archiveSquad, changeSquad } from "@/lib/services/squads/manage";

const FIELDS = [
  "name",
  "timeZone",
  "mailTime",
  "nightsSharePercent",
  "latestMinutes",
  "baselineDays",
] as const satisfies readonly SettingsField[];

/** As it was typed, to be shown again. */
const entered = z.object({
  name: text,
  timeZone: text,
  mailTime: text,
  nightsSharePercent: text,
  latestMinutes: text,
  baselineDays: text,
  baselineMethod: text,
  loadKind: text,
  loadRisePercent: text,
  drift: ticked,
  athletesSeeLevel: ticked,
});

const settings = entered.extend({
  squadId: text,
  nightsSharePercent: number,
  latestMinutes: number,
  baselineDays: number,
  loadRisePercent: number,
});

/** Keeps a squad's settings; what was entered comes back with the field that is wrong. */
export async function saveSettings(_before: SettingsState, form: FormData): Promise<SettingsState> {
  const ctx = await coachContext();
  const shown = readForm(entered, form);
  try {
    const input = readForm(settings, form);
    await changeSquad({ ctx, input });
    revalidatePath(`/squads/${input.squadId}`, "layout");
    return { kind: "saved", field: null, entered: shown };
  } catch (error) {
    const { field } = refusalOf(error);
    return { kind: "refused", field: FIELDS.find((name) => name === field) ?? "form", entered: shown };
  }
}

const streamsFields = z
  .object({ squadId: text, stream: texts })
  .transform(({ squadId, stream }) => ({ squadId, streams: stream }));

/** Keeps which optional kinds of data the squad asks for. */
export async function saveOptionalStreams(form: FormData): Promise<void> {
  const ctx = await coachContext();
  const input = readForm(streamsFields, form);
  await chooseOptionalStreams({ ctx, input }).catch(nearestPage);
  redirect(`/squads/${encodeURIComponent(input.squadId)}/settings?say=asked`);
}

const archiveFields = z.object({ squadId: text });

/** Puts a squad away and goes back to the list. */
export async function archive(form: FormData): Promise<void> {
  await archiveSquad({ ctx: await coachContext(), input: readForm(archiveFields, form) }).catch(nearestPage);
  revalidatePath("/squads", "layout");
  redirect("/squads");
}
