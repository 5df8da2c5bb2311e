import { findOpenLinkFor, takeLink } from "@/db/queries/links";
import { findUserByEmail, upsertUser } from "@/db/queries/sign-in";
import { findFirstTeam, insertTeam, upsertMembership } from "@/db/queries/team";
import { inTransaction } from "@/db/transaction";
import type { Context } from "../../context";
import { isConfiguredOwner } from "./may-have-link";

/**
 * Lets the holder of a followed sign-in link in: members as they are, the configured owner and invited coaches
 * onto their team. False for everybody else. Any caller; the caller has proved that the address is theirs.
 */
export async function admitCoach(of: { ctx: Context; input: { email: string } }): Promise<boolean> {
  const { email } = of.input;
  return inTransaction(of.ctx, async (ctx) => {
    const known = await findUserByEmail(ctx.db, email);
    if (known?.teamId) return true;
    const place = isConfiguredOwner(email) ? await ownersPlace(ctx) : await invitedPlace(ctx, email);
    if (!place) return false;
    const userId = await upsertUser(ctx.db, { email, name: null });
    await upsertMembership(ctx.db, { ...place, userId });
    return true;
  });
}

async function ownersPlace({ db }: Context) {
  const team = await findFirstTeam(db);
  return { teamId: team?.id ?? (await insertTeam(db, { name: "Team" })), role: "owner" as const };
}

async function invitedPlace({ db, now }: Context, email: string) {
  const open = await findOpenLinkFor(db, { email, purpose: "coach-invitation", now });
  const link = open && (await takeLink(db, { tokenHash: open.tokenHash, purpose: "coach-invitation", now }));
  return link?.teamId && link.role ? { teamId: link.teamId, role: link.role } : undefined;
}
