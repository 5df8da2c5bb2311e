"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { coachContext } from "@/app/context";
import { readForm, refusalOf, text } from "@/app/form";
import { nearestPage } from "@/app/nearest-page";
import type { Refusal } from "@/components/ui/refusal";
import type { DayDecision } from "@/lib/readiness/types";
import { decideDay, writeNote } from "@/lib/services/athletes/days";
import { sayVerdict } from "@/lib/services/episodes/verdict";
import { chooseSource } from "@/lib/services/readiness/source";

const show = (athleteId: string) => revalidatePath(`/athletes/${athleteId}`);

const dayFields = z.object({ athleteId: text, date: text });
const verdictFields = z.object({ athleteId: text, openedOn: text, verdict: text, cause: text });

/** A coach's word on an episode. */
export async function say(form: FormData): Promise<void> {
  const ctx = await coachContext();
  try {
    const input = readForm(verdictFields, form);
    await sayVerdict({ ctx, input });
    show(input.athleteId);
  } catch (error) {
    nearestPage(error);
  }
}

const noteFields = z.object({ athleteId: text, date: text, text });

/** A note on a day. */
export async function addNote(_before: Refusal | null, form: FormData): Promise<Refusal | null> {
  try {
    const input = readForm(noteFields, form);
    await writeNote({ ctx: await coachContext(), input });
    show(input.athleteId);
    return null;
  } catch (error) {
    return refusalOf(error);
  }
}

const tagFields = z.object({ athleteId: text, date: text, tag: text });

/** Keeps a day out of the baseline. */
export async function tagDay(_before: Refusal | null, form: FormData): Promise<Refusal | null> {
  try {
    const input = readForm(tagFields, form);
    await decideDay({ ctx: await coachContext(), input: { ...input, kind: "excluded" } });
    show(input.athleteId);
    return null;
  } catch (error) {
    return refusalOf(error);
  }
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
export async function acceptUsual(_before: Refusal | null, form: FormData): Promise<Refusal | null> {
  try {
    const day = readForm(dayFields, form);
    await decideDay({ ctx: await coachContext(), input: { ...day, kind: "new-usual", tag: "new-usual" } });
    show(day.athleteId);
    return null;
  } catch (error) {
    return refusalOf(error);
  }
}

/** Compares with the time before that day again. */
export async function takeBackUsual(form: FormData): Promise<void> {
  await decide(form, { kind: "new-usual", tag: null });
}

const sourceFields = z.object({ athleteId: text, source: text, fromDay: text });

/** Chooses which series the athlete is scored on from a day on. */
export async function chooseSourceFrom(_before: Refusal | null, form: FormData): Promise<Refusal | null> {
  try {
    const input = readForm(sourceFields, form);
    await chooseSource({ ctx: await coachContext(), input });
    show(input.athleteId);
    return null;
  } catch (error) {
    return refusalOf(error);
  }
}

async function decide(form: FormData, decision: { kind: DayDecision; tag: string | null }): Promise<void> {
  try {
    const day = readForm(dayFields, form);
    await decideDay({ ctx: await coachContext(), input: { ...day, ...decision } });
    show(day.athleteId);
  } catch (error) {
    nearestPage(error);
  }
}
