"use server";

import { revalidatePath } from "next/cache";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { coachContext } from "@/app/context";
import { WhyPanel } from "@/components/squad/why-panel";
import { sayVerdict } from "@/lib/services/episodes/say-verdict";
import { getSquad } from "@/lib/services/squads/get";
import { viewWhy } from "@/lib/services/squads/view-why";

/** A coach's word on an episode, from the buttons of a row or a reason. */
export async function say(form: FormData): Promise<void> {
  const text = (name: string) => String(form.get(name) ?? "");
  const verdict = text("verdict");
  await sayVerdict({
    ctx: await coachContext(),
    input: {
      athleteId: text("athleteId"),
      openedOn: text("openedOn"),
      verdict: verdict === "" ? null : (verdict as "acknowledged"),
      cause: text("cause") as "other",
    },
  });
  revalidatePath(`/squads/${text("squadId")}`);
}

/** The reason of one row, rendered here, so that the page carries neither its words nor its code. */
export async function loadWhy(squadId: string, date: string, athleteId: string): Promise<ReactNode> {
  const ctx = await coachContext();
  const [squad, why] = await Promise.all([
    getSquad({ ctx, input: { squadId } }),
    viewWhy({ ctx, input: { squadId, athleteId, date, locale: await getLocale() } }),
  ]);
  if (!why) return null;
  const maySay = ctx.actor.kind === "coach" && ctx.actor.role !== "viewer";
  return <WhyPanel why={why} squadId={squadId} timeZone={squad.timeZone} say={maySay ? say : undefined} />;
}
