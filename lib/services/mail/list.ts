import { listTeamMails } from "@/db/queries/mail";
import type { Context } from "@/lib/context";
import { requireCoach } from "@/lib/services/access/require-coach";

/** The team's mail log, newest first, without texts. For owners and coaches. */
export async function listMails({ ctx, input }: { ctx: Context; input: { limit?: number } }) {
  const { teamId } = requireCoach(ctx, "coach");
  return listTeamMails(ctx.db, { teamId, limit: input.limit ?? 100 });
}
