import { and, eq, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { episodeVerdicts } from "../../schema/readiness";

type VerdictKey = { teamId: string; athleteId: string; openedOn: string };
type Verdict = Pick<typeof episodeVerdicts.$inferInsert, "verdict" | "cause" | "userId" | "saidAt">;

/** Writes a coach's word on an episode over an earlier one; false when the athlete is not of the team. */
export async function saveVerdict(db: Db, input: VerdictKey & Verdict): Promise<boolean> {
  const { teamId, athleteId, openedOn, verdict, cause, userId, saidAt } = input;
  const rows = await db.execute(sql`
    insert into episode_verdicts (team_id, athlete_id, opened_on, verdict, cause, user_id, said_at)
    select team_id, id, ${openedOn}::date, ${verdict}, ${cause ?? null}, ${userId ?? null}::uuid, ${saidAt.toISOString()}::timestamptz
    from athletes where id = ${athleteId} and team_id = ${teamId}
    on conflict (athlete_id, opened_on) do update
      set verdict = excluded.verdict, cause = excluded.cause, user_id = excluded.user_id, said_at = excluded.said_at
    returning athlete_id`);
  return rows.length > 0;
}

/** Takes a word back; false when there was none. */
export async function forgetVerdict(db: Db, input: VerdictKey): Promise<boolean> {
  const rows = await db
    .delete(episodeVerdicts)
    .where(
      and(
        eq(episodeVerdicts.athleteId, input.athleteId),
        eq(episodeVerdicts.teamId, input.teamId),
        eq(episodeVerdicts.openedOn, input.openedOn),
      ),
    )
    .returning({ athleteId: episodeVerdicts.athleteId });
  return rows.length > 0;
}
