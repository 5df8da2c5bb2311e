import { recordOutbox } from "../../../db/queries/log";
import { type OwedRow, oweWork, replaceOwedData } from "../../../db/queries/owed";
import type { Context } from "../../context";
import { type DomainEvent, eventData, OWED_EVENTS } from "../../events";

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
