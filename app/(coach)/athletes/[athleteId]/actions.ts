"use server";

import { revalidatePath } from "next/cache";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { fieldText } from "@/app/posted-form";
import type { DayDecision } from "@/lib/readiness/types";
import { decideDay, writeNote } from "@/lib/services/athletes/days";
import { sayVerdict } from "@/lib/services/episodes/verdict";
import { chooseSource } from "@/lib/services/readiness/source";

function show(form: FormData): void {
  revalidatePath(`/athletes/${fieldText(form, "athleteId")}`);
}

/** A coach's word on an episode. */
export async function say(form: FormData): Promise<void> {
  const input = {
    athleteId: fieldText(form, "athleteId"),
    openedOn: fieldText(form, "openedOn"),
    verdict: fieldText(form, "verdict"),
    cause: fieldText(form, "cause"),
  };
  await sayVerdict({ ctx: await coachContext(), input }).catch(nearestPage);
  show(form);
}

/** A note on a day. */
export async function addNote(form: FormData): Promise<void> {
  const input = {
    athleteId: fieldText(form, "athleteId"),
    date: fieldText(form, "date"),
    text: fieldText(form, "text"),
  };
  await writeNote({ ctx: await coachContext(), input }).catch(nearestPage);
  show(form);
}

/** Keeps a day out of the baseline. */
export async function tagDay(form: FormData): Promise<void> {
  await decide(form, { kind: "excluded", tag: fieldText(form, "tag") });
}

/** Lets a day count again. */
export async function untagDay(form: FormData): Promise<void> {
  await decide(form, { kind: "excluded", tag: null });
}

/** Accepts a suspect night. */
export async function confirmNight(form: FormData): Promise<void> {
  await decide(form, { kind: "confirmed", tag: "confirmed" });
}

/** Leaves a suspect night out again. */
export async function unconfirmNight(form: FormData): Promise<void> {
  await decide(form, { kind: "confirmed", tag: null });
}

/** Takes the label of travel from a day. */
export async function untravelDay(form: FormData): Promise<void> {
  await decide(form, { kind: "not-travel", tag: "not-travel" });
}

/** Lets a day be labelled as travel again. */
export async function retravelDay(form: FormData): Promise<void> {
  await decide(form, { kind: "not-travel", tag: null });
}

/** Takes the athlete's level from a day on as usual. */
export async function acceptUsual(form: FormData): Promise<void> {
  await decide(form, { kind: "new-usual", tag: "new-usual" });
}

/** Compares with the time before that day again. */
export async function takeBackUsual(form: FormData): Promise<void> {
  await decide(form, { kind: "new-usual", tag: null });
}

/** Chooses which series the athlete is scored on from a day on. */
export async function chooseSourceFrom(form: FormData): Promise<void> {
  const input = {
    athleteId: fieldText(form, "athleteId"),
    source: fieldText(form, "source"),
    fromDay: fieldText(form, "fromDay"),
  };
  await chooseSource({ ctx: await coachContext(), input }).catch(nearestPage);
  show(form);
}

async function decide(form: FormData, decision: { kind: DayDecision; tag: string | null }): Promise<void> {
  const input = { athleteId: fieldText(form, "athleteId"), date: fieldText(form, "date"), ...decision };
  await decideDay({ ctx: await coachContext(), input }).catch(nearestPage);
  show(form);
}
