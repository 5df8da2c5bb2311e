import { recordOutbox } from "../../../db/queries/outbox/record";
import type { Context } from "../../context";

/** What services may tell the job engine. Ids only: the engine keeps what it is given. */
export type DomainEvent =
  | { name: "athlete/sync.requested"; data: { athleteId: string; reason: string } }
  | { name: "athlete/day.changed"; data: { athleteId: string } }
  | { name: "athlete/reprocess.requested"; data: { athleteId: string } }
  | { name: "reading/uploaded"; data: { uploadId: string } }
  | { name: "mail/queued"; data: { mailId: string } }
  | { name: "squad/settings.changed"; data: { squadId: string } }
  | {
      name: "squad/backtest.requested";
      data: { squadId: string; inputHash: string; baselineDays: string; until: string };
    }
  | { name: "squad/news.requested"; data: { squadId: string; reason: "due" | "first" } };

/** Records events in the context's transaction; the worker relays them to the job engine. */
export async function recordEvents(ctx: Context, events: DomainEvent[]): Promise<void> {
  await recordOutbox(ctx.db, events);
}
