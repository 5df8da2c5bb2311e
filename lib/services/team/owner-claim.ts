import { z } from "zod";
import { endLinks, findOpenLink, insertLink, takeLink } from "@/db/queries/links";
import { hasOwner } from "@/db/queries/team";
import { inTransaction } from "@/db/transaction";
import { hashLinkToken, newLinkToken } from "@/lib/crypto/link-token";
import { emailAddress } from "@/lib/email/address";
import { env } from "@/lib/env";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { parseInput } from "../access/parse-input";
import { requireJob } from "../access/require-job";
import { createTeam } from "./create";

const purpose = "owner-claim";
const lifeMs = 7 * 24 * 60 * 60 * 1000;
const ended = () => new AppError("link-ended", "This link has ended. Start Restday again for a new one.");

const claimInput = z.object({
  token: z.string(),
  name: z.string().trim().min(1).max(80),
  email: emailAddress,
  teamName: z.string().trim().min(1).max(80),
});

/**
 * A one-time link that makes its first user the owner; null when somebody owns the installation already.
 * Links made before end. Jobs only. @throws AppError `forbidden`
 */
export async function createOwnerClaim(of: { ctx: Context }): Promise<{ link: string } | null> {
  requireJob(of.ctx);
  return inTransaction(of.ctx, async ({ db, now }) => {
    if (await hasOwner(db)) return null;
    const token = newLinkToken();
    await endLinks(db, { purpose, now });
    await insertLink(db, {
      tokenHash: hashLinkToken(token),
      purpose,
      role: "owner",
      expiresAt: new Date(now.getTime() + lifeMs),
      createdAt: now,
    });
    return { link: `${env().APP_URL}/claim/${token}` };
  });
}

/** Whether a claim link can still be used. Any caller. @throws AppError `link-ended` */
export async function viewOwnerClaim(of: { ctx: Context; input: { token: string } }): Promise<void> {
  const tokenHash = hashLinkToken(of.input.token);
  const link = await findOpenLink(of.ctx.db, { tokenHash, purpose, now: of.ctx.now });
  if (!link || (await hasOwner(of.ctx.db))) throw ended();
}

/** Uses a claim link up: its holder becomes the owner of a new team. Any caller. @throws AppError `link-ended`, `bad-input` with the field */
export async function claimOwnership(of: { ctx: Context; input: unknown }): Promise<{ userId: string }> {
  const { token, name, email, teamName } = parseInput(claimInput, of.input);
  return inTransaction(of.ctx, async (ctx) => {
    const tokenHash = hashLinkToken(token);
    const link = await takeLink(ctx.db, { tokenHash, purpose, now: ctx.now });
    if (!link || (await hasOwner(ctx.db))) throw ended();
    return createTeam({ ctx, input: { teamName, ownerName: name, ownerEmail: email } });
  });
}
