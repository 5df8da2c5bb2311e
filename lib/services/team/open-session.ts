import { randomBytes } from "node:crypto";
import { insertSession } from "@/db/queries/sign-in";
import type { Context } from "../../context";
import { AppError } from "../../errors";

const lifeMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Opens a session for a coach who proved who they are by other means than the magic link (a claim or an
 * invitation just used, the demonstration). Visitors only. @throws AppError `forbidden`
 */
export async function openSession(of: {
  ctx: Context;
  input: { userId: string };
}): Promise<{ sessionToken: string; expires: Date }> {
  if (of.ctx.actor.kind !== "visitor") throw new AppError("forbidden", "Sign out first.");
  const session = {
    sessionToken: randomBytes(32).toString("base64url"),
    expires: new Date(of.ctx.now.getTime() + lifeMs),
  };
  await insertSession(of.ctx.db, { ...session, userId: of.input.userId });
  return session;
}
