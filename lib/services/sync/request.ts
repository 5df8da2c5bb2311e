import { findAthleteForConnection } from "@/db/queries/connections";
import { listStreamStates, markStreamsDue } from "@/db/queries/stream-states";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";
import { recordEvents } from "../events/record";

function requireMayAsk(ctx: Context, athlete: { id: string; teamId: string } | undefined): void {
  const { actor } = ctx;
  if (actor.kind === "athlete" && athlete?.id === actor.athleteId) return;
  const { teamId } = requireCoach(ctx, "coach");
  if (teamId !== athlete?.teamId) throw new AppError("not-found", "There is no such athlete.");
}

/** Asks for a sync of everything now. Coaches of the team, or the athlete. @throws AppError `forbidden`, `not-found`, `not-signed-in` */
export async function requestSync({
  ctx,
  input,
}: {
  ctx: Context;
  input: { athleteId: string };
}): Promise<void> {
  const athleteId = requireId(input.athleteId);
  requireMayAsk(ctx, await findAthleteForConnection(ctx.db, athleteId));
  await inTransaction(ctx, async (tx) => {
    const streams = (await listStreamStates(tx.db, athleteId)).map((state) => state.stream);
    await markStreamsDue(tx.db, { athleteId, streams, dueAt: ctx.now });
    await recordEvents(tx, [{ name: "athlete/sync.requested", data: { athleteId, reason: "asked" } }]);
  });
}
