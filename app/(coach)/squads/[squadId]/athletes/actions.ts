"use server";

import { revalidatePath } from "next/cache";
import { getLocale } from "next-intl/server";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { fieldText } from "@/app/posted-form";
import type { InviteManyState, InviteState } from "@/components/invite/states";
import { languageOf } from "@/i18n/locales";
import { AppError } from "@/lib/errors";
import { changeAthlete } from "@/lib/services/athletes/manage";
import { inviteAthlete, resendInvitation, withdrawInvitation } from "@/lib/services/invitations/invite";
import { inviteMany, previewMany } from "@/lib/services/invitations/list";

const text = (form: FormData, name: string) => fieldText(form, name).trim();

/** The language chosen in the form, else the one of the page. */
async function language(form: FormData) {
  return languageOf(text(form, "language") || (await getLocale()));
}

/** Invites one athlete; the link comes back once. */
export async function inviteOneAction(_before: InviteState, form: FormData): Promise<InviteState> {
  const squadId = text(form, "squadId");
  const name = text(form, "name");
  const email = text(form, "email");
  const groupName = text(form, "groupName");
  try {
    const { link } = await inviteAthlete({
      ctx: await coachContext(),
      input: { squadId, name, email, groupName, locale: await language(form) },
    });
    revalidatePath(`/squads/${squadId}`, "layout");
    return { kind: "invited", name, email: email || null, link };
  } catch (error) {
    return refused(error, { name, email, groupName });
  }
}

/** Reads a pasted list, and on "send" invites everybody on it who can be. */
export async function inviteManyAction(_before: InviteManyState, form: FormData): Promise<InviteManyState> {
  const squadId = text(form, "squadId");
  const list = text(form, "list");
  const ctx = await coachContext();
  try {
    if (form.get("do") !== "send") {
      const lines = await previewMany({ ctx, input: { squadId, text: list } });
      return { kind: "preview", list, language: await language(form), lines };
    }
    const { invited, left } = await inviteMany({
      ctx,
      input: { squadId, text: list, locale: await language(form) },
    });
    revalidatePath(`/squads/${squadId}`, "layout");
    return { kind: "sent", invited, left };
  } catch (error) {
    if (error instanceof AppError) return { kind: "refused", list, code: error.code };
    throw error;
  }
}

/** Ends the old link and makes a new one. */
export async function resendAction(_before: InviteState, form: FormData): Promise<InviteState> {
  const name = text(form, "name");
  try {
    const { link } = await resendInvitation({
      ctx: await coachContext(),
      input: { athleteId: text(form, "athleteId") },
    });
    revalidatePath(`/squads/${text(form, "squadId")}`, "layout");
    return { kind: "invited", name, email: text(form, "email") || null, link };
  } catch (error) {
    return refused(error, { name, email: "", groupName: "" });
  }
}

/** Ends an invitation. */
export async function withdrawAction(form: FormData): Promise<void> {
  await withdrawInvitation({
    ctx: await coachContext(),
    input: { athleteId: text(form, "athleteId") },
  }).catch(nearestPage);
  revalidatePath(`/squads/${text(form, "squadId")}`, "layout");
}

/** Puts the address of an invited athlete right: the earlier link ends, and a new one goes there. */
export async function readdressAction(_before: InviteState, form: FormData): Promise<InviteState> {
  const email = text(form, "email");
  try {
    await changeAthlete({
      ctx: await coachContext(),
      input: { athleteId: text(form, "athleteId"), email },
    });
  } catch (error) {
    return refused(error, { name: "", email, groupName: "" });
  }
  revalidatePath(`/squads/${text(form, "squadId")}`, "layout");
  return { kind: "idle" };
}

function refused(error: unknown, entered: { name: string; email: string; groupName: string }): InviteState {
  if (!(error instanceof AppError)) throw error;
  return { kind: "refused", ...entered, code: error.code, field: error.field ?? null };
}
