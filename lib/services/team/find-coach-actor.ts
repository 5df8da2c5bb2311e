import { findCoachBySession } from "@/db/queries/sign-in";
import type { Actor, Context } from "../../context";

/** Who a coach's session cookie stands for; undefined when it ended or its holder left the team. Any caller. */
export async function findCoachActor(of: {
  ctx: Context;
  input: { sessionToken: string };
}): Promise<{ actor: Actor; teamId: string } | undefined> {
  const found = await findCoachBySession(of.ctx.db, { ...of.input, now: of.ctx.now });
  if (!found) return undefined;
  return { actor: { kind: "coach", userId: found.userId, role: found.role }, teamId: found.teamId };
}
