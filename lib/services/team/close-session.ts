import { deleteSession } from "@/db/queries/sign-in";
import type { Context } from "../../context";

/** Ends a coach's session. Any caller: whoever holds the token may end it. */
export async function closeSession(of: { ctx: Context; input: { sessionToken: string } }): Promise<void> {
  await deleteSession(of.ctx.db, of.input);
}
