import { and, desc, eq, gte, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { rowsOf } from "@/db/rows";
import { connections } from "@/db/schema/connection";
import { squadMornings } from "@/db/schema/mail";
import { athletes, squads } from "@/db/schema/squad";
import { wordList } from "@/db/words";
import { MORNING_STREAMS } from "@/lib/providers/polar/streams";
import { MAILED_LEVELS } from "@/lib/readiness/types";
import { isLive } from "./connections";

export type SquadMorning = typeof squadMornings.$inferSelect;

export type SquadWithMornings = Awaited<ReturnType<typeof listSquadsWithMornings>>[number];

/**
 * The installation's squads in use in which somebody is connected, with what decides their mornings. For jobs.
 * @param input.squadId that squad alone
 */
export async function listSquadsWithMornings(db: Db, input: { squadId?: string } = {}) {
  return db
    .select({
      squadId: squads.id,
      teamId: squads.teamId,
      timeZone: squads.timeZone,
      mailTime: squads.mailTime,
      latestMinutes: squads.latestMinutes,
      sharePercent: squads.nightsSharePercent,
      name: squads.name,
      preset: squads.preset,
      /** Earlier mornings were nobody's. */
      connectedAt: sql`min(${connections.connectedAt})`.mapWith(connections.connectedAt),
    })
    .from(squads)
    .innerJoin(athletes, and(eq(athletes.squadId, squads.id), isNull(athletes.stoppedAt)))
    .innerJoin(connections, and(eq(connections.athleteId, athletes.id), isLive()))
    .where(
      and(isNull(squads.archivedAt), input.squadId === undefined ? undefined : eq(squads.id, input.squadId)),
    )
    .groupBy(squads.id)
    .orderBy(squads.id);
}

/** How the mornings of squads ended from a day on. */
export async function listMornings(
  db: Db,
  input: { squadIds: string[]; from: string },
): Promise<SquadMorning[]> {
  if (input.squadIds.length === 0) return [];
  return db
    .select()
    .from(squadMornings)
    .where(and(inArray(squadMornings.squadId, input.squadIds), gte(squadMornings.date, input.from)));
}

/** How one morning of a team's squad ended; undefined when it has not, or nobody knows. */
export async function findMorning(
  db: Db,
  input: { teamId: string; squadId: string; date: string },
): Promise<SquadMorning | undefined> {
  const { teamId, squadId, date } = input;
  const [row] = await db
    .select()
    .from(squadMornings)
    .where(
      and(eq(squadMornings.teamId, teamId), eq(squadMornings.squadId, squadId), eq(squadMornings.date, date)),
    );
  return row;
}

/** Notes how a morning ended. False when that had been noted before, whatever it was. */
export async function claimMorning(db: Db, morning: typeof squadMornings.$inferInsert): Promise<boolean> {
  const rows = await db
    .insert(squadMornings)
    .values(morning)
    .onConflictDoNothing()
    .returning({ date: squadMornings.date });
  return rows.length > 0;
}

/** Notes what a look for later news found: since when some wait, or that there was nothing. */
export async function noteLaterNews(
  db: Db,
  input: { squadId: string; date: string; newsSince: Date | null; lookedAt: Date | null },
): Promise<void> {
  const { squadId, date, newsSince, lookedAt } = input;
  await db
    .update(squadMornings)
    .set({ newsSince, ...(lookedAt ? { lookedAt } : {}) })
    .where(and(eq(squadMornings.squadId, squadId), eq(squadMornings.date, date)));
}

const squadOfMorning = z.object({ squadId: z.string() });

/** Squads and days whose morning is decided and in which a day at a mailed level was scored since the last look. */
export async function listMorningsWithLateDays(
  db: Db,
  input: { mornings: { squadId: string; date: string }[] },
): Promise<Set<string>> {
  if (input.mornings.length === 0) return new Set();
  const rows = await rowsOf(db, "listMorningsWithLateDays", squadOfMorning)`
    select distinct m.squad_id as "squadId"
    from squad_mornings m
    join athletes a on a.squad_id = m.squad_id and a.stopped_at is null
    join readiness_days d on d.athlete_id = a.id and d.date = m.date
    where (m.squad_id, m.date) in (${pairs(input.mornings)}) and m.state = 'decided'
      and d.level in ${wordList(MAILED_LEVELS)} and d.baseline_grade = 'firm'
      and d.scored_at > coalesce(m.looked_at, m.settled_at)`;
  return new Set(rows.map(({ squadId }) => squadId));
}

/** The mornings of a team's squads that were missed since a day, newest first. */
export async function listMissedMornings(db: Db, input: { teamId: string; from: string }) {
  return db
    .select({
      squadId: squads.id,
      squadName: squads.name,
      timeZone: squads.timeZone,
      date: squadMornings.date,
      downFrom: squadMornings.downFrom,
      downUntil: squadMornings.downUntil,
    })
    .from(squadMornings)
    .innerJoin(squads, eq(squads.id, squadMornings.squadId))
    .where(
      and(
        eq(squadMornings.teamId, input.teamId),
        eq(squadMornings.state, "missed"),
        gte(squadMornings.date, input.from),
      ),
    )
    .orderBy(desc(squadMornings.date), squads.name)
    .limit(50);
}

function pairs(mornings: readonly { squadId: string; date: string }[]) {
  return sql.join(
    mornings.map(({ squadId, date }) => sql`(${squadId}::uuid, ${date}::date)`),
    sql`, `,
  );
}

const nightCount = z.object({
  /** Athletes who normally have a night and may be synced. */
  expected: z.int(),
  /** Those of them whose night of the day is stored. */
  nightsIn: z.int(),
  /** Those of them whose night streams were due when the cycle began and have not been asked since, or are being asked. */
  outstanding: z.int(),
});

/** Nights of the last seven that make an athlete somebody who normally has one. */
const NORMALLY = 4;

/**
 * How many of a squad's expected nights of a day are in. Expected is who shares Nightly Recharge over a working
 * connection, has not paused, is scored on nights, and had one on at least four of the seven nights before Polar last
 * answered: after days without syncs the same athletes are expected as before them.
 * @param input.cycleAt when the sync cycle began whose end is asked for
 */
export async function countNights(
  db: Db,
  input: { squadId: string; date: string; cycleAt: Date | null },
): Promise<z.output<typeof nightCount>> {
  const day = sql`${input.date}::date`;
  const cycleAt = sql`${input.cycleAt?.toISOString() ?? null}::timestamptz`;
  const [row] = await rowsOf(db, "countNights", nightCount)`
    with normal as (
      select a.id from athletes a
      join connections c on c.athlete_id = a.id and c.status in ('active', 'consent-missing')
      join stream_states t on t.athlete_id = a.id and t.stream = 'nightly-recharge'
        and t.next_due_at is not null and t.error_code is distinct from 'polar-consent-missing'
      cross join lateral (
        select least(${day}, (t.last_success_at at time zone 'UTC')::date) as day
      ) known
      where a.squad_id = ${input.squadId} and a.stopped_at is null and a.paused_at is null
        and t.last_success_at is not null
        and (select r.source from readiness_days r where r.athlete_id = a.id order by r.date desc limit 1)
          is distinct from 'morning'
        and (select count(*) from nights n
          where n.athlete_id = a.id and n.date between known.day - 7 and known.day - 1) >= ${NORMALLY}
    )
    select count(*)::int as expected,
      (count(*) filter (where exists (
        select from nights n where n.athlete_id = normal.id and n.date = ${day})))::int as "nightsIn",
      (count(*) filter (where exists (
        select from stream_states x
        where x.athlete_id = normal.id and x.stream in ${wordList(MORNING_STREAMS)}
          and x.next_due_at <= ${cycleAt} and (x.last_attempt_at is null or x.last_attempt_at < ${cycleAt}))
        or exists (
          select from sync_leases l where l.athlete_id = normal.id and l.expires_at between clock_timestamp() and clock_timestamp() + interval '20 minutes'
        )))::int as outstanding
    from normal`;
  return row ?? { expected: 0, nightsIn: 0, outstanding: 0 };
}
