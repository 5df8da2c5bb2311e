import { z } from "zod";
import { findAthlete, updateAthlete } from "@/db/queries/athletes";
import { recordLooks } from "@/db/queries/log";
import { inTransaction } from "@/db/transaction";
import { emailAddress } from "@/lib/email/address";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { parseInput } from "../access/parse-input";
import { requireCoach } from "../access/require-coach";
import { recordAudit } from "../audit/record";
import { recordEvents } from "../events/record";
import { getSquad } from "../squads/get";
import { settleAddress } from "./propose-address";

const empty = z.literal("").transform(() => null);
const changesInput = z.object({
  athleteId: z.uuid(),
  name: z.string().trim().min(1).max(80).optional(),
  email: emailAddress.or(empty).optional(),
  groupName: z.string().trim().min(1).max(40).or(empty).optional(),
  squadId: z.uuid().optional(),
});

/**
 * Changes an athlete's name or group, or moves them to another squad of the team: history stays and is scored again
 * under the new squad's settings, and the athlete's log shows the move. An empty group is taken away. Another address is
 * a proposal once the athlete has connected (propose-address.ts). Coaches and owners.
 * @throws AppError `bad-input` with the field, `not-found`, `forbidden`, `not-signed-in`
 */
export async function changeAthlete(of: {
  ctx: Context;
  input: z.input<typeof changesInput>;
}): Promise<void> {
  const { teamId, userId } = requireCoach(of.ctx, "coach");
  const { athleteId, ...given } = parseInput(changesInput, of.input);
  const { email, ...changes } = given;
  await inTransaction(of.ctx, async (ctx) => {
    if (given.squadId) await getSquad({ ctx, input: { squadId: given.squadId } });
    const found = await findAthlete(ctx.db, { teamId, athleteId });
    if (!found) throw new AppError("not-found", "This athlete is not there.");
    if (Object.keys(changes).length > 0) await updateAthlete(ctx.db, { teamId, athleteId, changes });
    if (email !== undefined) await settleAddress(ctx, { found, userId, email });
    if (given.squadId && given.squadId !== found.squad.id) await showMove(ctx, { teamId, athleteId, userId });
    const detail = { fields: Object.keys(given).join(" "), squadId: given.squadId ?? "" };
    await recordAudit(ctx, { teamId, action: "athlete/changed", subjectId: athleteId, detail });
    if (given.squadId) await recordEvents(ctx, [{ name: "athlete/day.changed", data: { athleteId } }]);
  });
}

async function showMove(ctx: Context, of: { teamId: string; athleteId: string; userId: string }) {
  const { athleteId, ...by } = of;
  const look = { ...by, athleteIds: [athleteId], what: "squad-changed", lookedAt: ctx.now } as const;
  await recordLooks(ctx.db, look);
}
