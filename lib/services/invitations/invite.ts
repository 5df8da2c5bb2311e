import { z } from "zod";
import { insertAthlete } from "@/db/queries/athletes";
import { inTransaction } from "@/db/transaction";
import { languageOf } from "@/i18n/locales";
import { emailAddress } from "@/lib/email/address";
import type { Context } from "../../context";
import { parseInput } from "../access/parse-input";
import { requireCoach } from "../access/require-coach";
import { recordAudit } from "../audit/record";
import { getSquad } from "../squads/get";
import { type IssuedInvitation, issueInvitation } from "./issue";

const athleteInput = z.object({
  squadId: z.uuid(),
  name: z.string().trim().min(1).max(80),
  email: emailAddress.optional().or(z.literal("").transform(() => undefined)),
  groupName: z.string().trim().max(40).optional(),
  locale: z.string().default("en"),
});

/**
 * Adds an athlete to a squad and invites them: by mail when there is an address, by the returned link in any
 * case. The link is told once; only its hash is kept. It holds for 14 days. The mails are in the given language until
 * the athlete reads the pages in another. Coaches and owners.
 * @throws AppError `bad-input` with the field, `not-found`, `forbidden`, `not-signed-in`
 */
export async function inviteAthlete(of: {
  ctx: Context;
  input: z.input<typeof athleteInput>;
}): Promise<IssuedInvitation & { athleteId: string }> {
  const { teamId } = requireCoach(of.ctx, "coach");
  const { squadId, name, email, groupName, locale } = parseInput(athleteInput, of.input);
  return inTransaction(of.ctx, async (ctx) => {
    await getSquad({ ctx, input: { squadId } });
    const athleteId = await insertAthlete(ctx.db, {
      teamId,
      squadId,
      name,
      email: email ?? null,
      groupName: groupName || null,
      locale: languageOf(locale),
      createdAt: ctx.now,
    });
    const issued = await issueInvitation({ ctx, input: { athleteId } });
    await recordAudit(ctx, { teamId, action: "athlete/invited", subjectId: athleteId });
    return { athleteId, ...issued };
  });
}
