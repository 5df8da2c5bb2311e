import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { deleteMailStop, findMailing, insertMailStop, type Mailing } from "@/db/queries/morning-news";
import { inTransaction } from "@/db/transaction";
import type { NewsKind } from "@/lib/alerts/frozen";
import type { Context } from "@/lib/context";
import { derivedSecret, env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { parseInput, requireCan } from "@/lib/services/access/require";

/** `what`: the link in a squad's morning mail ends all its readiness mails, the one in a later mail the later ones alone. */
type MailSubscription = { userId: string; squadId: string; what: NewsKind };

/** A link that ends one coach's readiness mails of one squad without signing in; it says nothing about anybody's data. */
export function stopLink(subscription: MailSubscription): string {
  const { userId, squadId, what } = subscription;
  const part = what === "morning" ? "" : `${what}.`;
  return `${env().APP_URL}/mail/stop/${squadId}.${userId}.${part}${signatureOf(subscription)}`;
}

/** Whose mails of which squad a link's last part means; undefined when it was not made here. */
function readStopToken(token: string): MailSubscription | undefined {
  const parts = token.split(".");
  const [squadId = "", userId = ""] = parts;
  const what = parts.length === 4 && parts[2] === "later-today" ? "later-today" : "morning";
  const subscription = { squadId, userId, what } as const;
  const expected = Buffer.from(signatureOf(subscription));
  const given = Buffer.from(parts.at(-1) ?? "");
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
  return subscription;
}

function signatureOf({ userId, squadId, what }: MailSubscription): string {
  // Links in mails sent before there were later ones hold the bare form.
  const signed = what === "morning" ? `${squadId}.${userId}` : `${squadId}.${userId}.${what}`;
  return createHmac("sha256", derivedSecret("mail-stop")).update(signed).digest("base64url");
}

type Input = { ctx: Context; input: { token: string } };

/** What a stop link is about: which mails, and whether they go out at present. */
type MailingOfLink = { squadName: string; what: MailSubscription["what"]; stopped: boolean };

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
  const { userId, teamId } = requireCan(of.ctx, "mails.get");
  const mailing = await findMailing(of.ctx.db, { userId, teamId, ...of.input });
  if (!mailing) throw new AppError("not-found", "This squad is not there.");
  return { morning: !mailing.stopped, laterToday: !mailing.laterStopped };
}

const choiceInput = z.object({ squadId: z.uuid(), morning: z.boolean(), laterToday: z.boolean() });

/** Changes the caller's own choice for a squad of the team. Coaches and owners. @throws AppError `bad-input`, `not-found`, `forbidden`, `not-signed-in` */
export async function chooseMails(of: { ctx: Context; input: z.input<typeof choiceInput> }): Promise<void> {
  const { userId, teamId } = requireCan(of.ctx, "mails.get");
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
