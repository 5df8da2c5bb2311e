import { sql } from "drizzle-orm";
import type { HrvSource } from "@/lib/readiness/types";
import type { Db } from "../../client";

export type AnalysisRow = {
  athleteId: string;
  name: string;
  days: {
    date: string;
    source: HrvSource;
    z: number | null;
    mean7: number | null;
    sd: number | null;
  }[];
};

/** Every sharing athlete of a squad with the scored days between two dates, oldest first, in one round trip. */
export async function listSquadDays(
  db: Db,
  input: { teamId: string; squadId: string; from: string; to: string },
): Promise<AnalysisRow[]> {
  const { teamId, squadId, from, to } = input;
  const rows = await db.execute<AnalysisRow>(sql`
    select a.id as "athleteId", a.name, h.days
    from athletes a
    join lateral (
      select json_agg(json_build_object('date', r.date, 'source', r.source, 'z', r.z,
        'mean7', r.mean7, 'sd', r.baseline_sd) order by r.date) as days
      from readiness_days r
      where r.athlete_id = a.id and r.date between ${from}::date and ${to}::date
    ) h on h.days is not null
    where a.team_id = ${teamId} and a.squad_id = ${squadId} and a.stopped_at is null
    order by a.name, a.id`);
  return [...rows];
}
