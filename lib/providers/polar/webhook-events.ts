import { STREAMS, type StreamId } from "./streams";

/** The streams that an event brings news of; Nightly Recharge and cardio load have none and follow others. */
export function streamsOfEvent(event: string): StreamId[] {
  return STREAMS.filter((stream) => stream.webhookEvents.some((known) => known === event)).map(
    (stream) => stream.id,
  );
}
