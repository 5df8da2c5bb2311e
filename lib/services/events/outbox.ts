import type { Db } from "@/db/client";
import { claimOutbox, markRelayed, recordOutbox } from "@/db/queries/log";
import { beginWork, endWork, type OwedRow, oweWork, replaceOwedData } from "@/db/queries/owed";
import { currentTime } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { type DomainEvent, eventData, OWED_EVENTS, type OwedEvent } from "@/lib/events";

const isOwed = (name: string) => OWED_EVENTS.some((owed) => owed === name);

/** An event as it is kept: with the data that its schema knows, and no more. */
const checked = ({ name, data }: DomainEvent) => ({ name, data: eventData(name, data) });

type Checked = ReturnType<typeof checked>;

/** Reasons that are nearer to a person than the regular cycle. */
const URGENT_REASONS: readonly string[] = ["connected", "asked", "webhook"];

/** Whom an event is about; `onTheWay` in db/queries/owed says the same in SQL. */
export function subjectOf(data: Record<string, string>): string {
  // Two squads with the same history have the same hash, and each is owed its own simulation.
  if (data.inputHash !== undefined) return `${data.squadId}/${data.inputHash}`;
  return data.mailId ?? data.uploadId ?? data.athleteId ?? data.squadId ?? "installation";
}

/** One row for each event and subject, in an order that is the same for everybody. */
function owedRows(events: readonly Checked[]): OwedRow[] {
  const rows = events
    .filter(({ name }) => isOwed(name))
    .map(({ name, data }) => ({ event: name, subject: subjectOf(data), data: { ...data } }));
  const distinct = new Map(rows.map((row) => [`${row.event} ${row.subject}`, row]));
  return [...distinct.keys()].sort().flatMap((key) => distinct.get(key) ?? []);
}

/**
 * Records events in the context's transaction; the worker relays them to the job engine. What waits already for the
 * same subject is not asked for twice: many requests become one.
 */
export async function recordEvents(ctx: Context, events: readonly DomainEvent[]): Promise<void> {
  const kept = events.map(checked);
  const rows = owedRows(kept);
  const news = await oweWork(ctx.db, { rows, askedAt: ctx.now });
  await passOnUrgency(
    ctx,
    rows.filter((row) => !news.some((one) => isSame(one, row))),
  );
  const others = kept.filter(({ name }) => !isOwed(name));
  await recordOutbox(ctx.db, [...others, ...news.map(({ event: name, data }) => ({ name, data }))]);
}

function isSame(a: OwedRow, b: OwedRow): boolean {
  return a.event === b.event && a.subject === b.subject;
}

/** A request that waits for nobody is done as for a person once a person asks too. */
async function passOnUrgency(ctx: Context, merged: readonly OwedRow[]): Promise<void> {
  for (const row of merged)
    if (URGENT_REASONS.includes(row.data.reason ?? "")) await replaceOwedData(ctx.db, row);
}

/**
 * Work that is done for an event: from now on a request for the same subject is a new one. Called by verbs that checked
 * their caller, at the beginning of the work; `done` is called at its end. Work that never ends is asked for again.
 * @returns what was asked, undefined when nobody had asked
 */
export async function beginOwedWork(
  ctx: Context,
  input: { event: OwedEvent; subject: string },
): Promise<{ asked: Record<string, string> | undefined; done: (ctx: Context) => Promise<void> }> {
  const key = { ...input, begunAt: ctx.now };
  const asked = await beginWork(ctx.db, key);
  return { asked, done: (at) => endWork(at.db, key) };
}

export type RelayedEvent = { id: string; name: string; data: Record<string, string> };

/**
 * Hands waiting events to the job engine, oldest first, and returns how many. Each carries an id of its own that stays
 * the same when it is handed over twice (a crash between handing over and marking), so that an engine starts its work once.
 */
export async function relayOutbox({
  db,
  send,
  limit = 200,
}: {
  db: Db;
  send: (events: RelayedEvent[]) => Promise<unknown>;
  limit?: number;
}): Promise<number> {
  return db.transaction(async (tx) => {
    const waiting = await claimOutbox(tx, { limit });
    if (waiting.length === 0) return 0;
    await send(
      waiting.map(({ id, name, data, recordedAt }) => ({
        // The moment is part of it: a database made anew counts from 1 again.
        id: `outbox-${recordedAt.getTime()}-${id}`,
        name,
        data,
      })),
    );
    await markRelayed(tx, { ids: waiting.map(({ id }) => id), relayedAt: currentTime() });
    return waiting.length;
  });
}
