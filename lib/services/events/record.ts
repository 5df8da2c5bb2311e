import { recordOutbox } from "../../../db/queries/outbox/record";
import { type OwedRow, oweWork, replaceOwedData } from "../../../db/queries/owed/owed";
import type { Context } from "../../context";

type Nothing = Record<string, never>;

/** What services may tell the job engine. Ids only: the engine keeps what it is given. */
export type DomainEvent =
  | { name: "athlete/sync.requested"; data: { athleteId: string; reason: string } }
  | { name: "athlete/day.changed"; data: { athleteId: string } }
  | { name: "athlete/reprocess.requested"; data: { athleteId: string } }
  | { name: "reading/uploaded"; data: { uploadId: string } }
  | { name: "mail/queued"; data: { mailId: string } }
  | { name: "squad/settings.changed"; data: { squadId: string } }
  | { name: "squad/scoring.due"; data: { squadId: string } }
  | {
      name: "squad/backtest.requested";
      data: { squadId: string; inputHash: string; baselineDays: string; until: string };
    }
  | { name: "squad/news.requested"; data: { squadId: string; reason: "due" | "first" } }
  | { name: "installation/deregistrations.due"; data: Nothing }
  | { name: "installation/erasure.due"; data: Nothing }
  | { name: "installation/retention.due"; data: Nothing }
  | { name: "installation/webhook-check.due"; data: Nothing }
  | { name: "installation/backtests.due"; data: Nothing };

/**
 * Events whose work is owed until it is done: it stays in the table `owed`, and a sweep asks again for what an engine
 * lost (lib/services/owed/kinds.ts has one entry for each).
 */
export const OWED_EVENTS = [
  "athlete/sync.requested",
  "athlete/day.changed",
  "athlete/reprocess.requested",
  "reading/uploaded",
  "mail/queued",
  "squad/settings.changed",
  "squad/scoring.due",
  "squad/backtest.requested",
  "installation/deregistrations.due",
  "installation/erasure.due",
  "installation/retention.due",
  "installation/webhook-check.due",
  "installation/backtests.due",
] as const satisfies DomainEvent["name"][];

export type OwedEvent = (typeof OWED_EVENTS)[number];

const isOwed = (name: string) => (OWED_EVENTS as readonly string[]).includes(name);

/** Reasons that are nearer to a person than the regular cycle. */
const URGENT_REASONS: readonly string[] = ["connected", "asked", "webhook"];

/** Whom an event is about; `onTheWay` in db/queries/owed says the same in SQL. */
export function subjectOf(data: Record<string, string>): string {
  // Two squads with the same history have the same hash, and each is owed its own simulation.
  if (data.inputHash !== undefined) return `${data.squadId}/${data.inputHash}`;
  return data.mailId ?? data.uploadId ?? data.athleteId ?? data.squadId ?? "installation";
}

/** One row for each event and subject, in an order that is the same for everybody. */
function owedRows(events: readonly DomainEvent[]): OwedRow[] {
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
  const rows = owedRows(events);
  const news = await oweWork(ctx.db, { rows, askedAt: ctx.now });
  await passOnUrgency(
    ctx,
    rows.filter((row) => !news.some((one) => isSame(one, row))),
  );
  const others = events.filter(({ name }) => !isOwed(name));
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
