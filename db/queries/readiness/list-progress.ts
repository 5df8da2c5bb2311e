import { sql } from "drizzle-orm";
import type { ConnectionStatus } from "@/lib/wearables/connection";
import type { Db } from "../../client";

export type ScoringProgress = {
  athleteId: string;
  name: string;
  email: string | null;
  /** Null before the athlete connected. */
  connection: ConnectionStatus | null;
  /** The whole history that Polar offered has been read. */
  backfilled: boolean;
  scoredDays: number;
};

/** How far each athlete of a squad has come, from the invitation to the scored history. */
export async function listProgress(
  db: Db,
  input: { teamId: string; squadId: string },
): Promise<ScoringProgress[]> {
  return db.execute<ScoringProgress>(sql`
    select a.id as "athleteId", a.name, a.email, c.status as connection,
      coalesce(c.backfilled_at is not null, false) as backfilled,
      (select count(*)::int from readiness_days d where d.athlete_id = a.id) as "scoredDays"
    from athletes a
    left join lateral (
      select status, backfilled_at from connections where athlete_id = a.id
      order by connected_at desc limit 1
    ) c on true
    where a.squad_id = ${input.squadId} and a.team_id = ${input.teamId}
    order by a.name, a.id`);
}
