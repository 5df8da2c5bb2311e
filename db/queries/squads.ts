import { and, asc, count, desc, eq, isNotNull, isNull } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { columnOf } from "@/db/rows";
import { connections } from "@/db/schema/connection";
import { athletes, squads } from "@/db/schema/squad";
import { isLive } from "./connections";

/** One squad of a team; undefined when it is another team's or none. */
export async function findSquad(db: Db, input: { teamId: string; squadId: string }) {
  const [row] = await db
    .select()
    .from(squads)
    .where(and(eq(squads.id, input.squadId), eq(squads.teamId, input.teamId)));
  return row;
}

/** A squad in use, by id alone: for jobs, which act for every team. */
export async function findSquadForJob(db: Db, input: { squadId: string }) {
  const [row] = await db
    .select()
    .from(squads)
    .where(and(eq(squads.id, input.squadId), isNull(squads.archivedAt)));
  return row;
}

/** A team's squads that are in use, with how many athletes share and how many have not connected yet. */
export async function listSquadRows(db: Db, input: { teamId: string }) {
  return db
    .select({
      id: squads.id,
      name: squads.name,
      timeZone: squads.timeZone,
      preset: squads.preset,
      athleteCount: count(connections.id),
      waitingCount:
        // As the athletes page lists them: invited, the invitation neither used nor withdrawn.
        columnOf(
          "listSquadRows.waitingCount",
          z.int(),
        )`(count(${athletes.id}) filter (where ${connections.id} is null and exists (
          select from invitations i where i.athlete_id = ${athletes.id} and i.used_at is null and i.withdrawn_at is null)))::int`,
    })
    .from(squads)
    .leftJoin(athletes, eq(athletes.squadId, squads.id))
    .leftJoin(connections, and(eq(connections.athleteId, athletes.id), isLive()))
    .where(and(eq(squads.teamId, input.teamId), isNull(squads.archivedAt)))
    .groupBy(squads.id)
    .orderBy(asc(squads.name), asc(squads.createdAt));
}

/** A team's squads that were put away, the latest first. */
export async function listArchivedRows(db: Db, input: { teamId: string }) {
  return db
    .select({ id: squads.id, name: squads.name, archivedAt: squads.archivedAt })
    .from(squads)
    .where(and(eq(squads.teamId, input.teamId), isNotNull(squads.archivedAt)))
    .orderBy(desc(squads.archivedAt));
}

type Preset = (typeof squads.$inferSelect)["preset"];

/** A new squad; its id. */
export async function insertSquad(
  db: Db,
  input: { teamId: string; name: string; timeZone: string; preset: Preset },
): Promise<string> {
  const [row] = await db.insert(squads).values(input).returning({ id: squads.id });
  return row!.id;
}

export type SquadChanges = Partial<
  Pick<
    typeof squads.$inferInsert,
    | "name"
    | "timeZone"
    | "preset"
    | "mailTime"
    | "nightsSharePercent"
    | "latestMinutes"
    | "baselineDays"
    | "loadKind"
    | "baselineMethod"
    | "loadRisePercent"
    | "drift"
    | "rulesSince"
    | "athletesSeeLevel"
    | "optionalStreams"
    | "archivedAt"
  >
>;

/** Changes a squad's settings; the number of rows that changed. */
export async function updateSquad(
  db: Db,
  input: { teamId: string; squadId: string; changes: SquadChanges },
): Promise<number> {
  const rows = await db
    .update(squads)
    .set(input.changes)
    .where(and(eq(squads.id, input.squadId), eq(squads.teamId, input.teamId)))
    .returning({ id: squads.id });
  return rows.length;
}

/** The installation's squads that are in use, with what their days and mornings depend on. */
export async function listActiveSquads(db: Db) {
  return db
    .select({ squadId: squads.id, timeZone: squads.timeZone, mailTime: squads.mailTime })
    .from(squads)
    .where(isNull(squads.archivedAt))
    .orderBy(squads.id);
}
