import { and, asc, eq } from "drizzle-orm";
import type { MORNING_STREAMS } from "@/lib/polar/streams";
import type { Db } from "../../client";
import { quarantinedFields, rawPayloads } from "../../schema/payload";
import { athletes } from "../../schema/squad";
import { dailyLoads, nights, sleeps } from "../../schema/wearable";

/** A raw payload of a team with the athlete it belongs to. */
export async function findPayload(db: Db, input: { teamId: string; payloadId: string }) {
  const [row] = await db
    .select({
      id: rawPayloads.id,
      athleteId: rawPayloads.athleteId,
      athleteName: athletes.name,
      stoppedAt: athletes.stoppedAt,
      stream: rawPayloads.stream,
      resource: rawPayloads.resource,
      providerKey: rawPayloads.providerKey,
      body: rawPayloads.body,
      sha256: rawPayloads.sha256,
      fetchedAt: rawPayloads.fetchedAt,
      parserVersion: rawPayloads.parserVersion,
    })
    .from(rawPayloads)
    .innerJoin(athletes, eq(athletes.id, rawPayloads.athleteId))
    .where(and(eq(rawPayloads.id, input.payloadId), eq(rawPayloads.teamId, input.teamId)));
  return row;
}

export type DayPayload = { stream: (typeof MORNING_STREAMS)[number]; payloadId: string };

/** The raw payloads behind a day's night, sleep and load. */
export async function listDayPayloads(
  db: Db,
  input: { teamId: string; athleteId: string; date: string },
): Promise<DayPayload[]> {
  const of = (table: typeof nights | typeof sleeps | typeof dailyLoads) =>
    db
      .select({ payloadId: table.payloadId })
      .from(table)
      .where(
        and(eq(table.teamId, input.teamId), eq(table.athleteId, input.athleteId), eq(table.date, input.date)),
      );
  const [night, sleep, load] = [await of(nights), await of(sleeps), await of(dailyLoads)];
  return [
    { stream: "nightly-recharge", payloadId: night[0]?.payloadId },
    { stream: "sleep", payloadId: sleep[0]?.payloadId },
    { stream: "cardio-load", payloadId: load[0]?.payloadId },
  ].filter((entry): entry is DayPayload => Boolean(entry.payloadId));
}

/** What could not be understood of one payload. */
export async function listPayloadFields(db: Db, payloadId: string) {
  return db
    .select({ path: quarantinedFields.path, reason: quarantinedFields.reason })
    .from(quarantinedFields)
    .where(eq(quarantinedFields.rawPayloadId, payloadId))
    .orderBy(asc(quarantinedFields.path));
}
