"use server";

import { revalidatePath } from "next/cache";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { choiceOf, fieldText } from "@/app/posted-form";
import { WhyPanel } from "@/components/squad/why-panel";
import { can } from "@/lib/context";
import { decideDay } from "@/lib/services/athletes/days";
import { sayVerdict } from "@/lib/services/episodes/verdict";
import { viewWhy } from "@/lib/services/squads/look";
import { getSquad } from "@/lib/services/squads/manage";

/** A coach's word on an episode, from the buttons of a row or a reason. */
export async function say(form: FormData): Promise<void> {
  const text = (name: string) => fieldText(form, name);
  const verdict = text("verdict");
  await sayVerdict({
    ctx: await coachContext(),
    input: {
      athleteId: text("athleteId"),
      openedOn: text("openedOn"),
      verdict: verdict === "" ? null : verdict,
      cause: text("cause"),
    },
  }).catch(nearestPage);
  revalidatePath(`/squads/${text("squadId")}`);
}

/** Confirms a suspect reading, or leaves it out for good so that nobody is asked again. */
export async function judgeNight(form: FormData): Promise<void> {
  const text = (name: string) => fieldText(form, name);
  const judgement = choiceOf(["confirm", "leave-out"], text("judgement"));
  const decision =
    judgement === "confirm"
      ? ({ kind: "confirmed", tag: "confirmed" } as const)
      : ({ kind: "excluded", tag: "suspect" } as const);
  const input = { athleteId: text("athleteId"), date: text("date"), ...decision };
  await decideDay({ ctx: await coachContext(), input }).catch(nearestPage);
  revalidatePath(`/squads/${text("squadId")}`);
  revalidatePath(`/athletes/${text("athleteId")}`);
}

/** The reason of one row, rendered here, so that the page carries neither its words nor its code. */
export async function loadWhy(squadId: string, date: string, athleteId: string): Promise<ReactNode> {
  const ctx = await coachContext();
  const [squad, why] = await Promise.all([
    getSquad({ ctx, input: { squadId } }),
    viewWhy({ ctx, input: { squadId, athleteId, date, locale: await getLocale() } }),
  ]).catch(nearestPage);
  if (!why) return null;
  const acts = {
    say: can(ctx.actor, "episodes.judge") ? say : undefined,
    judgeNight: can(ctx.actor, "days.annotate") ? judgeNight : undefined,
  };
  return <WhyPanel why={why} squadId={squadId} timeZone={squad.timeZone} {...acts} />;
}
