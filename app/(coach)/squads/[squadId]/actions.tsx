"use server";

import { revalidatePath } from "next/cache";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { z } from "zod";
import { coachContext } from "@/app/context";
import { chosen, readForm, text } from "@/app/form";
import { nearestPage } from "@/app/nearest-page";
import { WhyPanel } from "@/components/squad/why-panel";
import { can } from "@/lib/context";
import { decideDay } from "@/lib/services/athletes/days";
import { sayVerdict } from "@/lib/services/episodes/verdict";
import { viewWhy } from "@/lib/services/squads/look";
import { getSquad } from "@/lib/services/squads/manage";

const verdictFields = z.object({
  squadId: text,
  athleteId: text,
  openedOn: text,
  verdict: text.transform((verdict) => verdict || null),
  cause: text,
});

/** A coach's word on an episode, from the buttons of a row or a reason. */
export async function say(form: FormData): Promise<void> {
  const ctx = await coachContext();
  try {
    const { squadId, ...input } = readForm(verdictFields, form);
    await sayVerdict({ ctx, input });
    revalidatePath(`/squads/${squadId}`);
  } catch (error) {
    nearestPage(error);
  }
}

const DECISIONS = {
  confirm: { kind: "confirmed", tag: "confirmed" },
  "leave-out": { kind: "excluded", tag: "suspect" },
} as const;

const nightFields = z.object({
  squadId: text,
  athleteId: text,
  date: text,
  judgement: chosen(["confirm", "leave-out"]),
});

/** Confirms a suspect reading, or leaves it out for good so that nobody is asked again. */
export async function judgeNight(form: FormData): Promise<void> {
  const ctx = await coachContext();
  try {
    const { squadId, judgement, ...day } = readForm(nightFields, form);
    await decideDay({ ctx, input: { ...day, ...DECISIONS[judgement] } });
    revalidatePath(`/squads/${squadId}`);
    revalidatePath(`/athletes/${day.athleteId}`);
  } catch (error) {
    nearestPage(error);
  }
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
