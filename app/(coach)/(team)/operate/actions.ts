"use server";

import { redirect } from "next/navigation";
import { coachContext } from "@/app/context";
import { choiceOf, fieldText } from "@/app/posted-form";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { settleJobFailure } from "@/lib/services/jobs/failures";
import { sendMailAgain } from "@/lib/services/mail/deliver";
import { askReprocess } from "@/lib/services/payloads/reprocess";
import { requestSync } from "@/lib/services/sync/cycle";
import { giveUpItems, giveUpTransaction } from "@/lib/services/sync/ledger";
import { setUpWebhook } from "@/lib/services/webhooks/manage";

/** Does it and says on the page it came from how it went. */
async function saying(form: FormData, act: (ctx: Context) => Promise<string>): Promise<never> {
  const ctx = await coachContext();
  const athleteId = fieldText(form, "ledgerOf");
  const page = athleteId ? `/operate/athletes/${encodeURIComponent(athleteId)}` : "/operate";
  const said = await act(ctx).catch((error: unknown) => {
    if (error instanceof AppError) return error.code;
    throw error;
  });
  redirect(`${page}?said=${said}`);
}

/** Asks Polar for an athlete's news now. */
export async function retrySync(form: FormData): Promise<void> {
  await saying(form, async (ctx) => {
    await requestSync({ ctx, input: { athleteId: fieldText(form, "athleteId") } });
    return "sync-asked";
  });
}

/** Gives up on the items of a transaction that never load, or on one that Polar never settles. */
export async function giveUp(form: FormData): Promise<void> {
  await saying(form, async (ctx) => {
    const input = { transactionId: fieldText(form, "transactionId") };
    const what = choiceOf(["transaction", "items"], fieldText(form, "what"));
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
    await askReprocess({ ctx, input: { athleteId: fieldText(form, "athleteId") } });
    return "read-again";
  });
}

/** Runs a job again, or takes it off the list. */
export async function settleJob(form: FormData): Promise<void> {
  await saying(form, async (ctx) => {
    const how = choiceOf(["again", "dealt-with"], fieldText(form, "how"));
    await settleJobFailure({ ctx, input: { failureId: fieldText(form, "failureId"), how } });
    return `job-${how}`;
  });
}

/** Sends a mail that failed once more. */
export async function sendAgain(form: FormData): Promise<void> {
  await saying(form, async (ctx) => {
    await sendMailAgain({ ctx, input: { mailId: fieldText(form, "mailId") } });
    return "mail-queued";
  });
}

/** Looks at Polar's webhook; creates it or switches it on. */
export async function repairWebhook(form: FormData): Promise<void> {
  await saying(form, async (ctx) => `webhook-${(await setUpWebhook({ ctx })).outcome}`);
}
