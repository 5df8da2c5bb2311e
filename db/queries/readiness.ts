import { and, eq, exists, getTableColumns, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { numbers, rowsOf, texts } from "@/db/rows";
import { connections } from "@/db/schema/connection";
import { readinessDays } from "@/db/schema/readiness";
import { athletes } from "@/db/schema/squad";
import { CONNECTION_STATUSES } from "@/lib/wearables/connection";

/** Ids of a squad's athletes who connected and have not stopped. */
export async function listScorable(db: Db, input: { squadId: string }): Promise<string[]> {
  const rows = await db
    .select({ id: athletes.id })
    .from(athletes)
    .where(
      and(
        eq(athletes.squadId, input.squadId),
        isNull(athletes.stoppedAt),
        exists(db.select({ one: sql`1` }).from(connections).where(eq(connections.athleteId, athletes.id))),
      ),
    )
    .orderBy(athletes.id);
  return rows.map((row) => row.id);
}

/** Waits until no other scoring of these athletes is under way, and keeps the next one waiting until the transaction ends. */
export async function lockForScoring(db: Db, input: { athleteIds: string[] }): Promise<void> {
  await db.execute(sql`
    select id from athletes where id = any(${sql.param(`{${input.athleteIds.join(",")}}`)}::uuid[])
    order by id for no key update`);
}

export type StoredHashes = ReadonlyMap<number, string>;

const hashesRow = z.object({ athleteId: z.string(), days: numbers, hashes: texts });

/** Input hashes of everything that is written of athletes, by days counted from 1970-01-01. */
export async function listHashes(
  db: Db,
  input: { athleteIds: string[] },
): Promise<Map<string, StoredHashes>> {
  if (input.athleteIds.length === 0) return new Map();
  const rows = await rowsOf(db, "listHashes", hashesRow)`
    select athlete_id as "athleteId", json_agg(date - date '1970-01-01') as days, json_agg(input_hash) as hashes
    from readiness_days where athlete_id = any(${sql.param(`{${input.athleteIds.join(",")}}`)}::uuid[])
    group by athlete_id`;
  return new Map(
    rows.map(({ athleteId, days, hashes }) => [athleteId, new Map(days.map((day, i) => [day, hashes[i]!]))]),
  );
}

export type ReadinessRow = typeof readinessDays.$inferInsert;

const ROWS_PER_STATEMENT = 2_000;

const columns = Object.values(getTableColumns(readinessDays));

const names = sql.raw(columns.map((column) => column.name).join(", "));

const typed = sql.raw(columns.map((column) => `${column.name} ${column.getSQLType()}`).join(", "));

const updates = sql.raw(
  columns
    .filter((column) => column.name !== "athlete_id" && column.name !== "date")
    .map((column) => `${column.name} = excluded.${column.name}`)
    .join(", "),
);

/** Writes scored days, new ones and changed ones alike, many to a statement. */
export async function writeDays(db: Db, rows: readonly ReadinessRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    const records = rows.slice(from, from + ROWS_PER_STATEMENT).map(recordOf);
    await db.execute(sql`
      insert into readiness_days (${names})
      select ${names} from json_to_recordset(${JSON.stringify(records)}::text::json) as days(${typed})
      on conflict (athlete_id, date) do update set ${updates}`);
  }
}

const fields = Object.entries(getTableColumns(readinessDays));

function recordOf(row: ReadinessRow): Record<string, unknown> {
  return Object.fromEntries(fields.map(([field, column]) => [column.name, row[field as keyof ReadinessRow]]));
}

/** Removes scored days before an athlete's first or after the last: data that is gone, or a squad that moved west. */
export async function removeDaysOutside(
  db: Db,
  spans: readonly { athleteId: string; first: string; last: string }[],
): Promise<void> {
  if (spans.length === 0) return;
  await db.execute(sql`
    delete from readiness_days d
    using json_to_recordset(${JSON.stringify(spans)}::text::json) as span("athleteId" uuid, first date, last date)
    where d.athlete_id = span."athleteId" and (d.date < span.first or d.date > span.last)`);
}

const scoringProgress = z.object({
  athleteId: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  /** Null before the athlete connected. */
  connection: z.enum(CONNECTION_STATUSES).nullable(),
  /** The whole history that Polar offered has been read. */
  backfilled: z.boolean(),
  scoredDays: z.int(),
});

export type ScoringProgress = z.output<typeof scoringProgress>;

/** How far each athlete of a squad has come, from the invitation to the scored history. */
export async function listProgress(
  db: Db,
  input: { teamId: string; squadId: string },
): Promise<ScoringProgress[]> {
  return rowsOf(db, "listProgress", scoringProgress)`
    select a.id as "athleteId", a.name, a.email, c.status as connection,
      coalesce(c.backfilled_at is not null, false) as backfilled,
      (select count(*)::int from readiness_days d where d.athlete_id = a.id) as "scoredDays"
    from athletes a
    left join lateral (
      select status, backfilled_at from connections where athlete_id = a.id
      order by connected_at desc limit 1
    ) c on true
    where a.squad_id = ${input.squadId} and a.team_id = ${input.teamId}
    order by a.name, a.id`;
}
