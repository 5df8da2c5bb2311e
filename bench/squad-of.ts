import type { Sql } from "postgres";

export const DAYS = 120;

type Span = { squadId: string; lastDay: string; days: number };

/**
 * A squad of invented athletes, each with a reading and a load on nearly every day; made inside the database.
 * Takes the owner's connection, because it updates the planner's statistics too.
 */
export async function seedSquadOf(
  owner: Sql,
  input: { teamId: string; athletes: number; lastDay: string; days?: number },
): Promise<{ squadId: string }> {
  const { teamId, athletes, lastDay, days = DAYS } = input;
  await owner`select setseed(0.42)`;
  const [squad] = await owner`
    insert into squads (team_id, name, time_zone) values (${teamId}, ${`${athletes} athletes`}, 'UTC') returning id`;
  const squadId: string = squad?.id;
  await owner`
    insert into athletes (team_id, squad_id, name)
    select ${teamId}, ${squadId}, 'Athlete ' || n from generate_series(1, ${athletes}::int) n`;
  await owner`
    insert into connections (team_id, athlete_id, polar_user_id, member_id, status, connected_at, backfilled_at)
    select team_id, id, (select count(*) from connections) + row_number() over (), id, 'active', now(), now()
    from athletes where squad_id = ${squadId}`;
  await seedDaysOf(owner, { squadId, lastDay, days });
  await owner`analyze`;
  return { squadId };
}

/** A team for the benched squads. */
export async function seedTeam(owner: Sql): Promise<{ teamId: string }> {
  const [team] = await owner`insert into teams (name) values ('Bench') returning id`;
  return { teamId: team?.id };
}

/** Readings, sleeps and loads of the last `days` days for every athlete of a squad. */
export async function seedDaysOf(owner: Sql, { squadId, lastDay, days }: Span): Promise<void> {
  await owner`
    insert into sources (team_id, athlete_id, id, provider, maker, device, first_seen_at)
    select team_id, id, 1, 'polar', 'polar', '', now() from athletes where squad_id = ${squadId}
    on conflict do nothing`;
  await owner`
    insert into nights (team_id, athlete_id, source_id, metric, date, rmssd_ms, heart_rate_bpm, received_at)
    select a.team_id, a.id, 1, 'rmssd-night-window', ${lastDay}::date - back,
      exp(4 + 0.2 * (random() + random() + random() - 1.5)), 45 + 10 * random(), date_trunc('second', now())
    from athletes a cross join generate_series(0, ${days - 1}::int) back
    where a.squad_id = ${squadId} and random() < 0.95 order by a.id, back`;
  await owner`
    insert into sleeps (team_id, athlete_id, source_id, date, start_at, end_at, utc_offset_minutes, asleep_s, device_id, polar)
    select team_id, athlete_id, 1, date, date - interval '1 hour', date + interval '7 hours', 0, 27000, 'BENCH', '{}'
    from nights where athlete_id in (select id from athletes where squad_id = ${squadId})
    on conflict do nothing`;
  await owner`
    insert into daily_loads (team_id, athlete_id, date, cardio_load, polar)
    select a.team_id, a.id, ${lastDay}::date - back, round(200 * random()), '{}'
    from athletes a cross join generate_series(0, ${days - 1}::int) back
    where a.squad_id = ${squadId} order by a.id, back`;
}
