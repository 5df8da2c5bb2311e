import { STREAMS, type StreamId } from "./streams";

/** The seven events of Polar's webhooks (www.polar.com/accesslink-api, "Webhooks"). */
export const WEBHOOK_EVENTS = [
  "EXERCISE",
  "SLEEP",
  "CONTINUOUS_HEART_RATE",
  "SLEEP_WISE_CIRCADIAN_BEDTIME",
  "SLEEP_WISE_ALERTNESS",
  "ACTIVITY_SUMMARY",
  "PHYSICAL_INFORMATION",
] as const;

/** The streams that an event brings news of; Nightly Recharge and cardio load have none and follow others. */
export function streamsOfEvent(event: string): StreamId[] {
  return STREAMS.filter((stream) => stream.webhookEvents.includes(event)).map((stream) => stream.id);
}
