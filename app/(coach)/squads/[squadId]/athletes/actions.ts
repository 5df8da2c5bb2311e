"use server";

import { revalidatePath } from "next/cache";
import { getLocale } from "next-intl/server";
import { z } from "zod";
import { coachContext } from "@/app/context";
import { readForm, refusalOf, text } from "@/app/form";
import { nearestPage } from "@/app/nearest-page";
import type { InviteManyState, InviteState } from "@/components/invite/states";
import { languageOf } from "@/i18n/locales";
import { changeAthlete } from "@/lib/services/athletes/manage";
import { inviteAthlete, resendInvitation, withdrawInvitation } from "@/lib/services/invitations/invite";
import { inviteMany, previewMany } from "@/lib/services/invitations/list";

const show = (squadId: string) => revalidatePath(`/squads/${squadId}`, "layout");

/** The language chosen in the form, else the one of the page. */
const languageIn = async (chosen: string) => languageOf(chosen || (await getLocale()));

const oneFields = z.object({ squadId: text, name: text, email: text, groupName: text, language: text });

/** Invites one athlete; the link comes back once. */
export async function inviteOneAction(_before: InviteState, form: FormData): Promise<InviteState> {
  const ctx = await coachContext();
  const { language, ...entered } = readForm(oneFields, form);
  const { name, email } = entered;
  try {
    const input = { ...entered, locale: await languageIn(language) };
    const { link } = await inviteAthlete({ ctx, input });
    show(entered.squadId);
    return { kind: "invited", name, email: email || null, link };
  } catch (error) {
    return { kind: "refused", name, email, groupName: entered.groupName, ...refusalOf(error) };
  }
}

const manyFields = z.object({ squadId: text, list: text, language: text, do: text });

/** Reads a pasted list, and on "send" invites everybody on it who can be. */
export async function inviteManyAction(_before: InviteManyState, form: FormData): Promise<InviteManyState> {
  const ctx = await coachContext();
  const { squadId, list, ...wanted } = readForm(manyFields, form);
  const input = { squadId, text: list };
  const language = await languageIn(wanted.language);
  try {
    if (wanted.do !== "send")
      return { kind: "preview", list, language, lines: await previewMany({ ctx, input }) };
    const { invited, left } = await inviteMany({ ctx, input: { ...input, locale: language } });
    show(squadId);
    return { kind: "sent", invited, left };
  } catch (error) {
    return { kind: "refused", list, code: refusalOf(error).code };
  }
}

const againFields = z.object({ squadId: text, athleteId: text, name: text, email: text });

/** Ends the old link and makes a new one. */
export async function resendAction(_before: InviteState, form: FormData): Promise<InviteState> {
  const ctx = await coachContext();
  const { squadId, athleteId, name, email } = readForm(againFields, form);
  try {
    const { link } = await resendInvitation({ ctx, input: { athleteId } });
    show(squadId);
    return { kind: "invited", name, email: email || null, link };
  } catch (error) {
    return { kind: "refused", name, email: "", groupName: "", ...refusalOf(error) };
  }
}

const invitedFields = z.object({ squadId: text, athleteId: text });

/** Ends an invitation. */
export async function withdrawAction(form: FormData): Promise<void> {
  const ctx = await coachContext();
  const { squadId, athleteId } = readForm(invitedFields, form);
  await withdrawInvitation({ ctx, input: { athleteId } }).catch(nearestPage);
  show(squadId);
}

const addressFields = z.object({ squadId: text, athleteId: text, email: text });

/** Puts the address of an invited athlete right: the earlier link ends, and a new one goes there. */
export async function readdressAction(_before: InviteState, form: FormData): Promise<InviteState> {
  const ctx = await coachContext();
  const { squadId, ...input } = readForm(addressFields, form);
  try {
    await changeAthlete({ ctx, input });
    show(squadId);
    return { kind: "idle" };
  } catch (error) {
    return { kind: "refused", name: "", email: input.email, groupName: "", ...refusalOf(error) };
  }
}
