import { eventType } from "inngest";
import { z } from "zod";

// Ids only: an engine keeps the events it is given, and health values have no place there.
const athlete = z.object({ athleteId: z.string() });
const squad = z.object({ squadId: z.string() });

/** Something at Polar should be looked for. */
export const syncRequested = eventType("athlete/sync.requested", {
  schema: athlete.extend({ reason: z.string() }),
});

/** A stored fact that readiness rests on has changed. */
export const dayChanged = eventType("athlete/day.changed", { schema: athlete });

/** An athlete's stored payloads should be read again with the present parser. */
export const reprocessRequested = eventType("athlete/reprocess.requested", { schema: athlete });

/** A recording was uploaded and should be read. */
export const readingUploaded = eventType("reading/uploaded", { schema: z.object({ uploadId: z.string() }) });

/** A squad's day has turned: every athlete needs today's row. */
export const scoringDue = eventType("squad/scoring.due", { schema: squad });

/** What scoring depends on was changed for the whole squad. */
export const settingsChanged = eventType("squad/settings.changed", { schema: squad });

/** A squad's seasons should be simulated; the hash names what goes in. */
export const backtestRequested = eventType("squad/backtest.requested", {
  schema: squad.extend({ inputHash: z.string(), baselineDays: z.string(), until: z.string() }),
});

/** A squad may have something to tell its coaches; `first`: a demonstration's first scoring, whatever the hour. */
export const newsRequested = eventType("squad/news.requested", {
  schema: squad.extend({ reason: z.enum(["due", "first"]).optional() }),
});

/** A mail stands in the ledger and is owed. */
export const mailQueued = eventType("mail/queued", { schema: z.object({ mailId: z.string() }) });

const nothing = z.object({});

/** Polar has not been told of access that was ended. */
export const deregistrationsDue = eventType("installation/deregistrations.due", { schema: nothing });

/** The promised day of somebody's deletion has come. */
export const erasureDue = eventType("installation/erasure.due", { schema: nothing });

/** What is needed no more was last removed a day ago. */
export const retentionDue = eventType("installation/retention.due", { schema: nothing });

/** Whether Polar calls was last looked at a day ago. */
export const webhookCheckDue = eventType("installation/webhook-check.due", { schema: nothing });

/** The squads' figures of chance were last asked for a week ago. */
export const backtestsDue = eventType("installation/backtests.due", { schema: nothing });
