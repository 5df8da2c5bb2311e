"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { coachContext } from "@/app/context";
import { chosen, readForm, refusalOf, text } from "@/app/form";
import type { Context } from "@/lib/context";
import { settleJobFailure } from "@/lib/services/jobs/failures";
import { sendMailAgain } from "@/lib/services/mail/deliver";
import { askReprocess } from "@/lib/services/payloads/reprocess";
import { requestSync } from "@/lib/services/sync/cycle";
import { giveUpItems, giveUpTransaction } from "@/lib/services/sync/ledger";
import { setUpWebhook } from "@/lib/services/webhooks/manage";

const from = z.object({ ledgerOf: text });

/** Does it and says on the page it came from how it went. */
async function saying(form: FormData, act: (ctx: Context) => Promise<string>): Promise<never> {
  const ctx = await coachContext();
  const { ledgerOf: athleteId } = readForm(from, form);
  const page = athleteId ? `/operate/athletes/${encodeURIComponent(athleteId)}` : "/operate";
  const said = await act(ctx).catch((error: unknown) => refusalOf(error).code);
  redirect(`${page}?said=${said}`);
}

const ofAthlete = z.object({ athleteId: text });
const ofTransaction = z.object({ transactionId: text, what: chosen(["transaction", "items"]) });
const ofFailure = z.object({ failureId: text, how: chosen(["again", "dealt-with"]) });
const ofMail = z.object({ mailId: text });

/** Asks Polar for an athlete's news now. */
export async function retrySync(form: FormData): Promise<void> {
  await saying(form, async (ctx) => {
    await requestSync({ ctx, input: readForm(ofAthlete, form) });
    return "sync-asked";
  });
}

/** Gives up on the items of a transaction that never load, or on one that Polar never settles. */
export async function giveUp(form: FormData): Promise<void> {
  await saying(form, async (ctx) => {
    const { what, ...input } = readForm(ofTransaction, form);
    if (what === "transaction") {
      await giveUpTransaction({ ctx, input });
      return "transaction-given-up";
    }
    await giveUpItems({ ctx, input });
    return "given-up";
  });
}

/** Reads an athlete's stored payloads again. */
export async function readAgain(form: FormData): Promise<void> {
  await saying(form, async (ctx) => {
    await askReprocess({ ctx, input: readForm(ofAthlete, form) });
    return "read-again";
  });
}

/** Runs a job again, or takes it off the list. */
export async function settleJob(form: FormData): Promise<void> {
  await saying(form, async (ctx) => {
    const input = readForm(ofFailure, form);
    await settleJobFailure({ ctx, input });
    return `job-${input.how}`;
  });
}

/** Sends a mail that failed once more. */
export async function sendAgain(form: FormData): Promise<void> {
  await saying(form, async (ctx) => {
    await sendMailAgain({ ctx, input: readForm(ofMail, form) });
    return "mail-queued";
  });
}

/** Looks at Polar's webhook; creates it or switches it on. */
export async function repairWebhook(form: FormData): Promise<void> {
  await saying(form, async (ctx) => `webhook-${(await setUpWebhook({ ctx })).outcome}`);
}
