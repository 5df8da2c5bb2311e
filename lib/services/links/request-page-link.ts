import { listAthletesByEmail } from "@/db/queries/athletes";
import { countOpenAthleteLinks, insertLink } from "@/db/queries/links";
import { inTransaction } from "@/db/transaction";
import { hashLinkToken, newLinkToken } from "@/lib/crypto/link-token";
import { env } from "@/lib/env";
import type { Context } from "../../context";
import { mailLink } from "./mail-link";

const lifeMs = 60 * 60 * 1000;
const mostOpenLinks = 3;

/**
 * Mails an athlete the way back to the own page: a link for one use within an hour, in the athlete's
 * language. Says nothing about whether the
 * address is known, so it always succeeds. Any caller.
 */
export async function requestPageLink(of: { ctx: Context; input: { email: string } }): Promise<void> {
  const email = of.input.email.trim().toLowerCase();
  await inTransaction(of.ctx, async (ctx) => {
    const { db, now } = ctx;
    for (const { athleteId, teamId, teamName, locale } of await listAthletesByEmail(db, email)) {
      if ((await countOpenAthleteLinks(db, { athleteId, now })) >= mostOpenLinks) continue;
      const token = newLinkToken();
      const tokenHash = hashLinkToken(token);
      const expiresAt = new Date(now.getTime() + lifeMs);
      const purpose = "athlete-page" as const;
      await insertLink(db, { tokenHash, purpose, teamId, email, athleteId, expiresAt, createdAt: now });
      const href = `${env().APP_URL}/me/open/${token}`;
      const key = `athlete-page/${tokenHash.slice(0, 24)}`;
      const mail = { kind: purpose, key, toEmail: email, href, locale, athleteId };
      await mailLink({ ctx: { ...ctx, teamId }, input: { ...mail, values: { team: teamName } } });
    }
  });
}
