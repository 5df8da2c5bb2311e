import { findAthleteForConnection } from "@/db/queries/connections";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";
import { recordAudit } from "../audit/record";
import { recordEvents } from "../events/record";

/**
 * Asks a job to read an athlete's stored payloads again with the present parser: what was quarantined and is understood
 * now is filled in, everything else stays. Owners of the installation.
 * @throws AppError `not-found`, `forbidden`, `not-signed-in`
 */
export async function askReprocess({
  ctx,
  input,
}: {
  ctx: Context;
  input: { athleteId: string };
}): Promise<void> {
  const { teamId } = requireCoach(ctx, "owner");
  const athleteId = requireId(input.athleteId);
  const athlete = await findAthleteForConnection(ctx.db, athleteId);
  if (athlete?.teamId !== teamId) throw new AppError("not-found", "There is no such athlete.");
  await inTransaction(ctx, async (tx) => {
    await recordEvents(tx, [{ name: "athlete/reprocess.requested", data: { athleteId } }]);
    await recordAudit(tx, { teamId, action: "payloads/read-again", subjectId: athleteId });
  });
}
