import { exportPayloads } from "@/db/queries/export";
import { deletePayloads } from "@/db/queries/retention";
import { streamsOf } from "@/lib/polar/streams";
import type { Context } from "../../context";
import { recordEvents } from "../events/record";
import { isShared } from "../sync/shared-from";
import { boundsOf, type Consented } from "./bounds";

const AT_A_TIME = 50;

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/**
 * What an athlete shared under an earlier consent and the present one does not cover goes: streams not asked for any
 * more, and days from before the first one shared. Called by verbs that connect somebody again, in their transaction.
 */
export async function trimToConsent(
  ctx: Context,
  of: { teamId: string; athleteId: string; consent: Consented; timeZone: string },
): Promise<void> {
  const { consent, timeZone, ...who } = of;
  const bounds = boundsOf(consent, timeZone);
  const covered = new Map(streamsOf(consent.streams).map(({ id }) => [id as string, bounds[id]]));
  const ids: string[] = [];
  for (let afterId: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof exportPayloads>> = await exportPayloads(ctx.db, {
      ...who,
      afterId,
      limit: AT_A_TIME,
    });
    for (const { id, stream, providerKey, body } of page) {
      const bound = covered.get(stream);
      const isNow = providerKey === "current";
      if (!bound || !(isNow || isShared(parsed(body), bound))) ids.push(id);
    }
    if (page.length < AT_A_TIME) break;
    afterId = page.at(-1)?.id ?? null;
  }
  if (ids.length === 0) return;
  await deletePayloads(ctx.db, { ...who, ids });
  const { athleteId } = who;
  await recordEvents(ctx, [
    { name: "athlete/reprocess.requested", data: { athleteId } },
    { name: "athlete/day.changed", data: { athleteId } },
  ]);
}
