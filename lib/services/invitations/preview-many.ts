import { listKnownEmails } from "@/db/queries/athletes";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";
import { getSquad } from "../squads/get";
import { type InvitationLine, readInvitationList } from "./read-list";

const mostLines = 500;

/**
 * What inviting a pasted list would do, line by line; sends nothing. Coaches and owners.
 * @throws AppError `bad-input` above 500 lines, `not-found`, `forbidden`, `not-signed-in`
 */
export async function previewMany(of: {
  ctx: Context;
  input: { squadId: string; text: string };
}): Promise<InvitationLine[]> {
  const { teamId } = requireCoach(of.ctx, "coach");
  const { squadId, text } = of.input;
  await getSquad({ ctx: of.ctx, input: { squadId } });
  const lines = readInvitationList(text);
  if (lines.length > mostLines)
    throw new AppError("bad-input", `At most ${mostLines} lines at a time.`, { field: "text" });
  const emails = lines.flatMap((line) => line.email ?? []);
  const known = new Set(await listKnownEmails(of.ctx.db, { teamId, squadId, emails }));
  return lines.map((line) => ({
    ...line,
    problem: line.problem ?? (line.email && known.has(line.email) ? "already-there" : null),
  }));
}
