import { listConnectionsByPolarUser, listMornings, listOwedSyncs } from "@/db/queries/sync/list-due";
import { markStreamsDue } from "@/db/queries/sync/stream-states";
import type { Context } from "@/lib/context";
import type { PolarOutcome } from "@/lib/polar/outcome";
import { STREAMS } from "@/lib/polar/streams";
import { requireJob } from "../access/require-job";
import { isMorningDue } from "./morning";
import { polarClient } from "./polar-access";
import { unexpected } from "./run";

type Notice = { polarUserId: number; dataType: string };

/** @throws AppError `polar-failed` for an answer that is neither the documented list nor 204 */
function noticesIn(outcome: PolarOutcome): Notice[] {
  if (outcome.kind === "empty") return [];
  if (outcome.kind !== "content") throw unexpected(outcome, "asking for notices");
  const list = (outcome.json as Record<string, unknown> | null)?.["available-user-data"];
  if (!Array.isArray(list)) throw unexpected(outcome, "asking for notices");
  return list.flatMap((row: Record<string, unknown> | null) => {
    const [polarUserId, dataType] = [row?.["user-id"], row?.["data-type"]];
    return typeof polarUserId === "number" && typeof dataType === "string" ? [{ polarUserId, dataType }] : [];
  });
}

/** One request for the whole club: which athletes have transactions waiting. */
async function takeNotices(ctx: Context): Promise<void> {
  const outcome = await polarClient(ctx, "background")({ method: "GET", target: "/v3/notifications" });
  const notices = noticesIn(outcome);
  const users = [...new Set(notices.map((notice) => notice.polarUserId))];
  for (const { athleteId, polarUserId } of await listConnectionsByPolarUser(ctx.db, users)) {
    const types = notices
      .filter((notice) => notice.polarUserId === polarUserId)
      .map((notice) => notice.dataType);
    const streams = STREAMS.filter((stream) => stream.family && types.includes(stream.family.dataType));
    await markStreamsDue(ctx.db, {
      athleteId,
      streams: streams.map((stream) => stream.id),
      dueAt: ctx.now,
      newsAt: ctx.now,
    });
  }
}

async function markMornings(ctx: Context): Promise<void> {
  for (const morning of await listMornings(ctx.db))
    if (isMorningDue(morning, ctx.now))
      await markStreamsDue(ctx.db, {
        athleteId: morning.athleteId,
        streams: [morning.stream],
        dueAt: ctx.now,
      });
}

/**
 * Who is to be synced now: athletes Polar has a notice for, whose morning it is, whose streams are due again, and
 * what an interrupted run left. When Polar's notices cannot be had, the others are still synced. Jobs only.
 */
export async function listDue({ ctx }: { ctx: Context }): Promise<{ athleteIds: string[] }> {
  requireJob(ctx);
  try {
    await takeNotices(ctx);
  } catch (error) {
    ctx.log.warn({ err: error }, "Polar's notifications could not be read");
  }
  await markMornings(ctx);
  return { athleteIds: await listOwedSyncs(ctx.db, ctx.now) };
}
