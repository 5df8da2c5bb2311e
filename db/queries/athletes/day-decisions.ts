import { and, eq, sql } from "drizzle-orm";
import type { DayDecision } from "@/lib/readiness/types";
import type { Db } from "../../client";
import { dayDecisions } from "../../schema/readiness";

type Key = {
  teamId: string;
  athleteId: string;
  date: string;
  kind: DayDecision;
};

/** Writes a decision over an earlier one; false when the athlete is not of the team. */
export async function saveDayDecision(
  db: Db,
  input: Key & { tag: string; decidedBy: string; decidedAt: Date },
): Promise<boolean> {
  const rows = await db.execute(sql`
    insert into day_decisions (team_id, athlete_id, date, kind, tag, decided_by, decided_at)
    select team_id, id, ${input.date}::date, ${input.kind}, ${input.tag}, ${input.decidedBy}::uuid,
      ${input.decidedAt.toISOString()}::timestamptz
    from athletes where id = ${input.athleteId} and team_id = ${input.teamId}
    on conflict (athlete_id, date, kind) do update
      set tag = excluded.tag, decided_by = excluded.decided_by, decided_at = excluded.decided_at
    returning athlete_id`);
  return rows.length > 0;
}

/** Takes a decision back; false when there was none. */
export async function removeDayDecision(db: Db, { teamId, athleteId, date, kind }: Key): Promise<boolean> {
  const rows = await db
    .delete(dayDecisions)
    .where(
      and(
        eq(dayDecisions.teamId, teamId),
        eq(dayDecisions.athleteId, athleteId),
        eq(dayDecisions.date, date),
        eq(dayDecisions.kind, kind),
      ),
    )
    .returning({ athleteId: dayDecisions.athleteId });
  return rows.length > 0;
}

export type NewUsual = { fromDay: string; by: string | null };

/** The days from which on an athlete's level was accepted as usual, the latest first, with who said so. */
export async function listNewUsuals(
  db: Db,
  input: { teamId: string; athleteId: string },
): Promise<NewUsual[]> {
  const rows = await db.execute<NewUsual>(sql`
    select d.date::text as "fromDay", coalesce(u.name, u.email) as by
    from day_decisions d left join users u on u.id = d.decided_by
    where d.team_id = ${input.teamId} and d.athlete_id = ${input.athleteId} and d.kind = 'new-usual'
    order by d.date desc`);
  return [...rows];
}
