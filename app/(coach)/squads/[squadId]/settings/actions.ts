"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { fieldText } from "@/app/posted-form";
import type { SettingsField, SettingsState } from "@/components/alerts/settings-state";
import { AppError } from "@/lib/errors";
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

/** Keeps a squad's settings; what was entered comes back with the field that is wrong. */
export async function saveSettings(_before: SettingsState, form: FormData): Promise<SettingsState> {
  const text = (name: string) => fieldText(form, name).trim();
  const entered = {
    name: text("name"),
    timeZone: text("timeZone"),
    mailTime: text("mailTime"),
    nightsSharePercent: text("nightsSharePercent"),
    latestMinutes: text("latestMinutes"),
    baselineDays: text("baselineDays"),
    baselineMethod: text("baselineMethod"),
    loadKind: text("loadKind"),
    loadRisePercent: text("loadRisePercent"),
    drift: form.get("drift") !== null,
    athletesSeeLevel: form.get("athletesSeeLevel") !== null,
  };
  const squadId = text("squadId");
  try {
    const input = {
      ...entered,
      squadId,
      nightsSharePercent: Number(entered.nightsSharePercent),
      latestMinutes: Number(entered.latestMinutes),
      baselineDays: Number(entered.baselineDays),
      loadRisePercent: Number(entered.loadRisePercent),
    };
    await changeSquad({ ctx: await coachContext(), input });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const field = FIELDS.find((name) => name === error.field) ?? "form";
    return { kind: "refused", field, entered };
  }
  revalidatePath(`/squads/${squadId}`, "layout");
  return { kind: "saved", field: null, entered };
}

/** Keeps which optional kinds of data the squad asks for. */
export async function saveOptionalStreams(form: FormData): Promise<void> {
  const squadId = fieldText(form, "squadId");
  const streams = form.getAll("stream").map(String);
  await chooseOptionalStreams({ ctx: await coachContext(), input: { squadId, streams } }).catch(nearestPage);
  redirect(`/squads/${encodeURIComponent(squadId)}/settings?say=asked`);
}

/** Puts a squad away and goes back to the list. */
export async function archive(form: FormData): Promise<void> {
  const squadId = fieldText(form, "squadId");
  await archiveSquad({ ctx: await coachContext(), input: { squadId } }).catch(nearestPage);
  revalidatePath("/squads", "layout");
  redirect("/squads");
}
