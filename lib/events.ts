import { z } from "zod";

/** The engines that may run the jobs. */
export const ENGINES = ["embedded", "inngest"] as const;
export type Engine = (typeof ENGINES)[number];

// Ids only: an engine keeps the events it is given, and health values have no place there.
const athlete = z.object({ athleteId: z.string() });
const squad = z.object({ squadId: z.string() });
const nothing = z.object({});

/** THE table of events: what services tell the job engine, and what each carries. */
export const EVENTS = {
  /** Something at Polar should be looked for. */
  "athlete/sync.requested": athlete.extend({ reason: z.string() }),
  /** A stored fact that readiness rests on has changed. */
  "athlete/day.changed": athlete,
  /** An athlete's stored payloads should be read again with the present parser. */
  "athlete/reprocess.requested": athlete,
  /** A recording was uploaded and should be read. */
  "reading/uploaded": z.object({ uploadId: z.string() }),
  /** A mail stands in the ledger and is owed. */
  "mail/queued": z.object({ mailId: z.string() }),
  /** What scoring depends on was changed for the whole squad. */
  "squad/settings.changed": squad,
  /** A squad's day has turned: every athlete needs today's row. */
  "squad/scoring.due": squad,
  /** A squad's seasons should be simulated; the hash names what goes in. */
  "squad/backtest.requested": squad.extend({
    inputHash: z.string(),
    baselineDays: z.string(),
    until: z.string(),
  }),
  /** A squad may have something to tell its coaches; `first`: a demonstration's first scoring, whatever the hour. */
  "squad/news.requested": squad.extend({ reason: z.enum(["due", "first"]).default("due") }),
  /** Polar has not been told of access that was ended. */
  "installation/deregistrations.due": nothing,
  /** The promised day of somebody's deletion has come. */
  "installation/erasure.due": nothing,
  /** What is needed no more was last removed a day ago. */
  "installation/retention.due": nothing,
  /** Whether Polar calls was last looked at a day ago. */
  "installation/webhook-check.due": nothing,
  /** The squads' figures of chance were last asked for a week ago. */
  "installation/backtests.due": nothing,
} as const satisfies Record<string, z.ZodObject>;

export type EventName = keyof typeof EVENTS;
export type EventData<Name extends EventName> = z.output<(typeof EVENTS)[Name]>;
export type DomainEvent = { [Name in EventName]: { name: Name; data: EventData<Name> } }[EventName];

const schemas: { readonly [Name in EventName]: z.ZodType<EventData<Name>> } = EVENTS;

/** What an event carries, checked; anything else that was given with it is left out. @throws ZodError */
export function eventData<Name extends EventName>(name: Name, data: unknown): EventData<Name> {
  return schemas[name].parse(data);
}

/**
 * Events whose work is owed until it is done: it stays in the table `owed`, and a sweep asks again for what an engine
 * lost (lib/services/owed/sweep.ts has one entry for each).
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
] as const satisfies readonly EventName[];

export type OwedEvent = (typeof OWED_EVENTS)[number];
