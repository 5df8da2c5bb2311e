import { inTransaction } from "@/db/transaction";
import type { Context } from "../../context";
import { inviteAthlete } from "./invite";
import { previewMany } from "./preview-many";
import type { InvitationLine } from "./read-list";

export type InvitedMany = {
  invited: { athleteId: string; name: string; email: string | null; link: string }[];
  /** Lines that were not invited, each with its problem. */
  left: InvitationLine[];
};

/**
 * Invites every line of a pasted list that has no problem, all or none if anything fails. Coaches and owners.
 * @throws AppError `bad-input`, `not-found`, `forbidden`, `not-signed-in`
 */
export async function inviteMany(of: {
  ctx: Context;
  input: { squadId: string; text: string; locale?: string };
}): Promise<InvitedMany> {
  const { squadId, text, locale } = of.input;
  return inTransaction(of.ctx, async (ctx) => {
    const lines = await previewMany({ ctx, input: { squadId, text } });
    const invited: InvitedMany["invited"] = [];
    for (const { name, email, groupName } of lines.filter((line) => line.problem === null)) {
      const input = { squadId, name, email: email ?? undefined, groupName: groupName ?? undefined, locale };
      const { athleteId, link } = await inviteAthlete({ ctx, input });
      invited.push({ athleteId, name, email, link });
    }
    return { invited, left: lines.filter((line) => line.problem !== null) };
  });
}
