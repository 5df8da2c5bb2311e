import { z } from "zod";
import { type AthleteChanges, updateAthlete } from "@/db/queries/athletes/update";
import { inTransaction } from "@/db/transaction";
import { emailAddress } from "@/lib/email/address";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { parseInput } from "../access/parse-input";
import { requireCoach } from "../access/require-coach";
import { recordAudit } from "../audit/record";
import { recordEvents } from "../events/record";
import { getSquad } from "../squads/get";

const empty = z.literal("").transform(() => null);
const changesInput = z.object({
  athleteId: z.uuid(),
  name: z.string().trim().min(1).max(80).optional(),
  email: emailAddress.or(empty).optional(),
  groupName: z.string().trim().min(1).max(40).or(empty).optional(),
  squadId: z.uuid().optional(),
});

/**
 * Changes an athlete's name, address or group, or moves them to another squad of the team: history stays and is
 * scored again under the new squad's settings. An empty address or group is taken away. Coaches and owners.
 * @throws AppError `bad-input` with the field, `not-found`, `forbidden`, `not-signed-in`
 */
export async function changeAthlete(of: {
  ctx: Context;
  input: z.input<typeof changesInput>;
}): Promise<void> {
  const { teamId } = requireCoach(of.ctx, "coach");
  const { athleteId, ...given } = parseInput(changesInput, of.input);
  const changes: AthleteChanges = given;
  await inTransaction(of.ctx, async (ctx) => {
    if (given.squadId) await getSquad({ ctx, input: { squadId: given.squadId } });
    if ((await updateAthlete(ctx.db, { teamId, athleteId, changes })) === 0)
      throw new AppError("not-found", "This athlete is not there.");
    const detail = { fields: Object.keys(given).join(" "), squadId: given.squadId ?? "" };
    await recordAudit(ctx, { teamId, action: "athlete/changed", subjectId: athleteId, detail });
    if (given.squadId) await recordEvents(ctx, [{ name: "athlete/day.changed", data: { athleteId } }]);
  });
}
