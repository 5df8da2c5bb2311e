import { randomUUID } from "node:crypto";
import { z } from "zod";

/** An event as it is kept, and as it reaches a function: whatever else it carries goes with it. */
export const storedEvent = z.looseObject({
  id: z.string(),
  name: z.string(),
  ts: z.number(),
  data: z.record(z.string(), z.unknown()),
});

export type EngineEvent = z.output<typeof storedEvent>;

const sentSchema = z.object({
  id: z.string().optional(),
  name: z.string().min(1),
  ts: z.number().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});

export type SentEvent = z.input<typeof sentSchema>;

/** Completes what a sender left out; a sender's own `id` stands, and is what deduplication goes by. */
export function completeEvent(sent: SentEvent, now: number): EngineEvent {
  const event = sentSchema.parse(sent);
  return { id: event.id || randomUUID(), name: event.name, ts: event.ts ?? now, data: event.data ?? {} };
}

/** Reads the body that the SDK posts to `/e/<key>`: one event or an array of them. */
export function parseSentEvents(body: string): SentEvent[] {
  return z.union([z.array(sentSchema), sentSchema.transform((event) => [event])]).parse(JSON.parse(body));
}
