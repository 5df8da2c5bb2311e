import { and, count, eq, inArray, max, min, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { rowsOf } from "@/db/rows";
import { owed, upkeep } from "@/db/schema/operation";
import type { Engine } from "@/lib/events";

type OwedKey = { event: string; subject: string };

const owedRow = z.object({
  event: z.string(),
  subject: z.string(),
  data: z.record(z.string(), z.string()),
});

export type OwedRow = z.output<typeof owedRow>;

/** A moment so far ahead of now was written before the clock was set back. */
const AHEAD = sql`interval '1 minute'`;

const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`;

/**
 * Notes that work is owed. Work that waits already is not asked for a second time.
 * @returns the rows for which an event is needed: those that were not waiting
 */
export async function oweWork(db: Db, input: { rows: OwedRow[]; askedAt: Date }): Promise<OwedRow[]> {
  if (input.rows.length === 0) return [];
  const { askedAt } = input;
  return db
    .insert(owed)
    .values(input.rows.map((row) => ({ ...row, owedSince: askedAt, askedAt })))
    .onConflictDoUpdate({
      target: [owed.event, owed.subject],
      set: { data: sql`excluded.data`, askedAt, begunAt: null, timesAgain: 0 },
      setWhere: sql`${owed.begunAt} is not null`,
    })
    .returning({ event: owed.event, subject: owed.subject, data: owed.data });
}

/** Notes work that is owed and that nobody has asked for. @returns the rows that are new */
export async function oweUnasked(db: Db, input: { rows: OwedRow[]; askedAt: Date }): Promise<OwedRow[]> {
  if (input.rows.length === 0) return [];
  const { askedAt } = input;
  return db
    .insert(owed)
    .values(input.rows.map((row) => ({ ...row, owedSince: askedAt, askedAt })))
    .onConflictDoNothing()
    .returning({ event: owed.event, subject: owed.subject, data: owed.data });
}

/** Lets work that waits know of a better reason to do it. */
export async function replaceOwedData(db: Db, input: OwedRow): Promise<void> {
  await db
    .update(owed)
    .set({ data: input.data })
    .where(and(eq(owed.event, input.event), eq(owed.subject, input.subject)));
}

/** Notes that somebody works on it. @returns what was asked; undefined when nobody had asked */
export async function beginWork(
  db: Db,
  input: OwedKey & { begunAt: Date },
): Promise<Record<string, string> | undefined> {
  const [row] = await db
    .update(owed)
    .set({ begunAt: input.begunAt })
    .where(and(eq(owed.event, input.event), eq(owed.subject, input.subject)))
    .returning({ data: owed.data });
  return row?.data;
}

/** The work is done, unless it was asked for anew since it began. */
export async function endWork(db: Db, input: OwedKey & { begunAt: Date }): Promise<void> {
  await db
    .delete(owed)
    .where(
      and(eq(owed.event, input.event), eq(owed.subject, input.subject), eq(owed.begunAt, input.begunAt)),
    );
}

/** Forgets what is owed to somebody who is deleted. */
export async function forgetOwed(db: Db, input: { subjects: string[] }): Promise<void> {
  if (input.subjects.length > 0) await db.delete(owed).where(inArray(owed.subject, input.subjects));
}

/** Whom a waiting event is about, as `subjectOf` in lib/services/events/outbox.ts says it. */
const subjectIn = (data: ReturnType<typeof sql>) => sql`coalesce(
  ${data}->>'mailId', ${data}->>'uploadId', (${data}->>'squadId') || '/' || (${data}->>'inputHash'), ${data}->>'athleteId', ${data}->>'squadId', 'installation')`;

/** Events that are on their way: not handed over yet, or in a run of the embedded engine that is open. */
const onTheWay = (engine: Engine) => {
  const waiting = sql`select name, ${subjectIn(sql`data`)} as subject from outbox where relayed_at is null`;
  if (engine === "inngest") return waiting;
  return sql`${waiting} union select event->>'name', ${subjectIn(sql`event->'data'`)}
    from engine.runs where state in ('queued', 'active', 'sleeping')`;
};

export type Pace = { firstAfterS: number; atMostEveryS: number; workingS: number };

/**
 * Takes the work of one event that was asked for long enough ago and has not begun, or that began and did not end:
 * it counts as asked for now. The wait doubles with every time.
 */
export async function takeOverdue(
  db: Db,
  input: { event: string; now: Date; pace: Pace; engine: Engine },
): Promise<OwedRow[]> {
  const now = instant(input.now);
  const { firstAfterS, atMostEveryS, workingS } = input.pace;
  const doubled = (seconds: number) => sql`make_interval(secs =>
    least(${seconds}::float8 * power(2, least(o.times_again, 20)), greatest(${seconds}, ${atMostEveryS})::float8))`;
  return rowsOf(db, "takeOverdue", owedRow)`
    update owed set asked_at = ${now}, begun_at = null, times_again = owed.times_again + 1
    from (
      select o.event, o.subject from owed o
      where o.event = ${input.event}
        and (o.begun_at is null and (o.asked_at <= ${now} - ${doubled(firstAfterS)} or o.asked_at > ${now} + ${AHEAD})
          or o.begun_at <= ${now} - ${doubled(workingS)} or o.begun_at > ${now} + ${AHEAD})
        and (o.event, o.subject) not in (${onTheWay(input.engine)})
      order by o.subject for update skip locked
    ) due
    where owed.event = due.event and owed.subject = due.subject
    returning owed.event, owed.subject, owed.data`;
}

/** How much of each event is owed, over all teams, and since when the oldest is. */
export async function countOwed(db: Db) {
  const rows = await db
    .select({
      event: owed.event,
      count: count(),
      oldestAt: min(owed.owedSince),
      mostTimesAgain: max(owed.timesAgain),
    })
    .from(owed)
    .groupBy(owed.event)
    .orderBy(min(owed.owedSince), owed.event);
  // A group has a row, and so its oldest one.
  return rows.map(({ oldestAt, mostTimesAgain, ...owed }) => ({
    ...owed,
    oldestAtMs: oldestAt!.getTime(),
    mostTimesAgain: mostTimesAgain ?? 0,
  }));
}

/** Removes the rows of an event whose work the database no longer shows as owed. Fresh ones stay. */
export async function dropSettled(
  db: Db,
  input: { event: string; owedSubjects: string[]; before: Date },
): Promise<void> {
  const before = instant(input.before);
  await db.execute(sql`
    delete from owed where event = ${input.event} and not subject = any(${sql.param(input.owedSubjects)}::text[])
      and asked_at < ${before} and (begun_at is null or begun_at < ${before})`);
}

/** When a recurring task last ended; undefined when it never did. */
export async function findUpkeep(db: Db, input: { task: string }) {
  const [row] = await db.select({ endedAt: upkeep.endedAt }).from(upkeep).where(eq(upkeep.task, input.task));
  return row;
}

/** Notes that a recurring task ended. */
export async function noteUpkeepEnded(db: Db, input: { task: string; endedAt: Date }): Promise<void> {
  const { task, endedAt } = input;
  await db
    .insert(upkeep)
    .values({ task, endedAt })
    .onConflictDoUpdate({ target: upkeep.task, set: { endedAt } });
}
