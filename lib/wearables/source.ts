import type { MetricKind } from "./metric";
import type { ProviderId } from "./provider";

/** Who recorded a value, where a provider passes on the data of several makers; `device` where it tells devices apart. */
export type Recorder = { maker: string; device: string | null };

/**
 * What an athlete's nights come from. Two sources are never compared with each other: another provider, another maker at
 * the same provider, or another device that the provider tells apart. A watch of the same maker that the provider does not
 * tell apart stays the same source; its change is seen by the sleep's device.
 */
export type Source = { provider: ProviderId; maker: string; device: string };

/** The source of a value; a provider whose values name no recorder is the maker itself. */
export function sourceOf(provider: ProviderId, recorder: Recorder | undefined): Source {
  return { provider, maker: recorder?.maker ?? provider, device: recorder?.device ?? "" };
}

/** The number of the source that an athlete began with; later ones are numbered in the order in which they first sent something. */
export const FIRST_SOURCE = 1;

/** Kinds of measurement that a night is scored by, the preferred first. The others are kept and not scored. */
export const NIGHT_METRICS = [
  "rmssd-night-window",
  "rmssd-night-mean",
] as const satisfies readonly MetricKind[];

/**
 * So many days without a night of an earlier source pass before a later one takes its place, the day itself among them: a
 * night without the watch is a missing night, not a reason to start another baseline.
 */
export const DAYS_TO_TAKE_OVER = 7;
