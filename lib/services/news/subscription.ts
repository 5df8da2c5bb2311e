import { z } from "zod";
import { deleteMailStop, findMailing, insertMailStop, type Mailing } from "@/db/queries/morning-news";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/services/access/parse-input";
import { requireCoach } from "@/lib/services/access/require-coach";
import { type MailSubscription, readStopToken } from "./stop-link";

type Input = { ctx: Context; input: { token: string } };

/** What a stop link is about: which mails, and whether they go out at present. */
export type MailingOfLink = { squadName: string; what: MailSubscription["what"]; stopped: boolean };

/**
 * What the link at the foot of a readiness mail is about. Anybody who holds the link may ask.
 * @throws AppError `link-ended`
 */
export async function readMailing(of: Input): Promise<MailingOfLink> {
  const { subscription, mailing } = await find(of);
  const { what } = subscription;
  const stopped = mailing.stopped || (what === "later-today" && mailing.laterStopped);
  return { squadName: mailing.squadName, what, stopped };
}

/** Ends a coach's readiness mails of one squad, or the later ones alone, as the link says. @throws AppError `link-ended` */
export async function stopMorningMails(of: Input): Promise<void> {
  const { subscription } = await find(of);
  await insertMailStop(of.ctx.db, { ...subscription, stoppedAt: of.ctx.now });
}

/** Sends them again from the next morning on. @throws AppError `link-ended` */
export async function resumeMorningMails(of: Input): Promise<void> {
  const { subscription } = await find(of);
  await deleteMailStop(of.ctx.db, { ...subscription, what: "morning" });
  await deleteMailStop(of.ctx.db, { ...subscription, what: "later-today" });
}

async function find({ ctx, input }: Input): Promise<{ subscription: MailSubscription; mailing: Mailing }> {
  const subscription = readStopToken(input.token);
  const mailing = subscription && (await findMailing(ctx.db, subscription));
  if (!mailing) throw new AppError("link-ended", "This link has ended.");
  return { subscription, mailing };
}

/** Which readiness mails of a squad a coach gets. */
export type MailChoice = { morning: boolean; laterToday: boolean };

/** The caller's own choice for a squad of the team. Coaches and owners. @throws AppError `not-found`, `forbidden`, `not-signed-in` */
export async function readMailChoice(of: { ctx: Context; input: { squadId: string } }): Promise<MailChoice> {
  const { userId, teamId } = requireCoach(of.ctx, "coach");
  const mailing = await findMailing(of.ctx.db, { userId, teamId, ...of.input });
  if (!mailing) throw new AppError("not-found", "This squad is not there.");
  return { morning: !mailing.stopped, laterToday: !mailing.laterStopped };
}

const choiceInput = z.object({ squadId: z.uuid(), morning: z.boolean(), laterToday: z.boolean() });

/** Changes the caller's own choice for a squad of the team. Coaches and owners. @throws AppError `bad-input`, `not-found`, `forbidden`, `not-signed-in` */
export async function chooseMails(of: { ctx: Context; input: z.input<typeof choiceInput> }): Promise<void> {
  const { userId, teamId } = requireCoach(of.ctx, "coach");
  const { squadId, morning, laterToday } = parseInput(choiceInput, of.input);
  await inTransaction(of.ctx, async (ctx) => {
    if (!(await findMailing(ctx.db, { userId, teamId, squadId })))
      throw new AppError("not-found", "This squad is not there.");
    for (const [what, wanted] of [
      ["morning", morning],
      ["later-today", laterToday],
    ] as const) {
      const stop = { userId, squadId, what };
      if (wanted) await deleteMailStop(ctx.db, stop);
      else await insertMailStop(ctx.db, { ...stop, stoppedAt: ctx.now });
    }
  });
}
