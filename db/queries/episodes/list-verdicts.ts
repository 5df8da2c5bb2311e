import { sql } from "drizzle-orm";
import type { Cause, Verdict } from "@/lib/alerts/causes";
import type { Db } from "../../client";

export type VerdictEntry = {
  openedOn: string;
  verdict: Verdict;
  cause: Cause | null;
  by: string | null;
  saidAtMs: number;
};

/** What coaches said of an athlete's episodes, the latest first. */
export async function listAthleteVerdicts(
  db: Db,
  input: { teamId: string; athleteId: string },
): Promise<VerdictEntry[]> {
  const rows = await db.execute<VerdictEntry>(sql`
    select v.opened_on::text as "openedOn", v.verdict, v.cause, coalesce(u.name, u.email) as by,
      (extract(epoch from v.said_at) * 1000)::float8 as "saidAtMs"
    from episode_verdicts v left join users u on u.id = v.user_id
    where v.team_id = ${input.teamId} and v.athlete_id = ${input.athleteId}
    order by v.opened_on desc`);
  return [...rows];
}

export type AthleteVerdicts = { athleteId: string; name: string; verdicts: Verdict[] };

/** The verdicts on episodes of every sharing athlete of a squad, by name. */
export async function listSquadVerdicts(
  db: Db,
  input: { teamId: string; squadId: string },
): Promise<AthleteVerdicts[]> {
  const rows = await db.execute<AthleteVerdicts>(sql`
    select a.id as "athleteId", a.name, coalesce(json_agg(v.verdict) filter (where v.verdict is not null), '[]') as verdicts
    from athletes a left join episode_verdicts v on v.athlete_id = a.id
    where a.team_id = ${input.teamId} and a.squad_id = ${input.squadId} and a.stopped_at is null
      and exists (select from connections c where c.athlete_id = a.id)
    group by a.id, a.name order by a.name, a.id`);
  return [...rows];
}
