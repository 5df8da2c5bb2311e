import {
  type ActivityEntry,
  type BodyEntry,
  type IndexEntry,
  listActivity,
  listBody,
  listRunningIndex,
} from "@/db/queries/athlete-body";
import { findAthleteInSquad } from "@/db/queries/athletes";
import { recordLooks } from "@/db/queries/log";
import { inTransaction } from "@/db/transaction";
import { type Context, can } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { requireCan, requireId } from "@/lib/services/access/require";
import { addDays } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";

export type BodyView = {
  athlete: { id: string; name: string };
  squad: { id: string; name: string; timeZone: string };
  today: string;
  body: BodyEntry[];
  activity: ActivityEntry[];
  runningIndex: IndexEntry[];
  mayReadRaw: boolean;
};

const ACTIVITY_DAYS = 90;

/**
 * Body data over time, tests, and the last 90 days' activity. The look is written to the athlete's access log in the
 * same transaction. Everybody on the team. @throws AppError `not-found`, `not-signed-in`
 */
export async function viewBody(of: { ctx: Context; input: { athleteId: string } }): Promise<BodyView> {
  const { teamId, userId } = requireCan(of.ctx, "athletes.view");
  const athleteId = requireId(of.input.athleteId);
  return inTransaction(of.ctx, async (ctx) => {
    const found = await findAthleteInSquad(ctx.db, { teamId, athleteId });
    if (!found || found.stoppedAt) throw new AppError("not-found", "This athlete is not there.");
    const look = {
      teamId,
      athleteIds: [athleteId],
      userId,
      what: "athlete-page",
      lookedAt: ctx.now,
    } as const;
    await recordLooks(ctx.db, look);
    const today = civilDateIn(ctx.now, found.timeZone);
    const own = { teamId, athleteId };
    return {
      athlete: { id: found.id, name: found.name },
      squad: { id: found.squadId, name: found.squadName, timeZone: found.timeZone },
      today,
      body: await listBody(ctx.db, own),
      activity: await listActivity(ctx.db, { ...own, from: addDays(today, 1 - ACTIVITY_DAYS) }),
      runningIndex: await listRunningIndex(ctx.db, own),
      mayReadRaw: can(of.ctx.actor, "payloads.view"),
    };
  });
}
