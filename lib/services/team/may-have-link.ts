import { countOpenLinks, findOpenLinkFor } from "@/db/queries/links";
import { findUserByEmail } from "@/db/queries/sign-in";
import { env } from "@/lib/env";
import type { Context } from "../../context";

const mostOpenLinks = 5;

/**
 * Whether an address may be sent a sign-in link: on a team, the owner's by configuration, or invited, and not
 * flooded with links already. The answer shows nowhere. Any caller.
 */
export async function mayHaveLink(of: { ctx: Context; input: { email: string } }): Promise<boolean> {
  const { db, now } = of.ctx;
  const email = of.input.email;
  if ((await countOpenLinks(db, { email, now })) >= mostOpenLinks) return false;
  if (isConfiguredOwner(email)) return true;
  const user = await findUserByEmail(db, email);
  if (user?.teamId) return true;
  return (await findOpenLinkFor(db, { email, purpose: "coach-invitation", now })) !== undefined;
}

/** True for the address the operator named as the owner's. */
export function isConfiguredOwner(email: string): boolean {
  return env().OWNER_EMAIL?.toLowerCase() === email;
}
