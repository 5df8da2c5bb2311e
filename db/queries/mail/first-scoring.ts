import { sql } from "drizzle-orm";
import type { Db } from "../../client";
import { invitations } from "../../schema/squad";
import { isUnused } from "../invitations/change";

/**
 * Squads of whom no morning was ever told and whose first scoring is complete: somebody is connected, everybody
 * connected has the whole history and a scored day, and nobody was invited lately who may still be on the way.
 */
export async function listFirstScorings(db: Db, input: { invitedSince: Date }): Promise<string[]> {
  const rows = await db.execute<{ squadId: string }>(sql`
    select s.id as "squadId" from squads s
    where s.archived_at is null
      and not exists (select from squad_mornings m where m.squad_id = s.id and m.state = 'decided')
      and not exists (
        select from athletes a join ${invitations} on ${invitations.athleteId} = a.id
        where a.squad_id = s.id and a.stopped_at is null and ${isUnused()} and ${invitations.declinedAt} is null
          and ${invitations.createdAt} > ${input.invitedSince.toISOString()}::timestamptz)
      and (
        select bool_and(c.backfilled_at is not null
          and exists (select from readiness_days d where d.athlete_id = a.id))
        from athletes a join connections c on c.athlete_id = a.id and c.status = 'active'
        where a.squad_id = s.id and a.stopped_at is null)
    order by s.id`);
  return rows.map((row) => row.squadId);
}
