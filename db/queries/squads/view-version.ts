import { sql } from "drizzle-orm";
import type { Db } from "../../client";
import { isLive } from "../connections/connections";

/** Latest change of everything a squad's pages are made of, in one text; undefined when the squad is not the team's. */
export async function findSquadVersion(
  db: Db,
  input: { teamId: string; squadId: string },
): Promise<string | undefined> {
  const rows = await db.execute<{ version: string }>(sql`
    select row(s.preset, s.name, count(a.id), count(a.stopped_at), count(a.paused_at),
      extract(epoch from max(d.scored_at))::text, sum(p.read)::text, sum(p.found)::text, sum(p.failed)::text,
      extract(epoch from max(v.said_at))::text, count(c.id), count(c.backfilled_at),
      count(*) filter (where c.status = 'active'), (
        select extract(epoch from max(greatest(m.settled_at, m.looked_at)))::text from squad_mornings m
        where m.squad_id = s.id and m.date >= current_date - 1
      ))::text as version
    from squads s
    left join athletes a on a.squad_id = s.id
    left join connections c on c.athlete_id = a.id and ${isLive("c")}
    left join lateral (
      select max(r.scored_at) as scored_at from readiness_days r
      where r.athlete_id = a.id and r.date >= current_date - 1
    ) d on true
    left join lateral (
      select sum(x.read_count) as read, sum(x.found_count) as found,
        count(*) filter (where x.error_code is not null) as failed
      from stream_states x where x.athlete_id = a.id
    ) p on true
    left join lateral (select max(x.said_at) as said_at from episode_verdicts x where x.athlete_id = a.id) v on true
    where s.id = ${input.squadId} and s.team_id = ${input.teamId}
    group by s.id`);
  return rows[0]?.version;
}
