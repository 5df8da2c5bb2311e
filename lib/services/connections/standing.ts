import type { ConnectionRow, StreamCell } from "@/db/queries/squad-connections";
import { STREAMS, type StreamId } from "@/lib/providers/polar/streams";
import { daysBetween } from "@/lib/time/civil-date";

/** What became of a stream at the last look, the worst first. The one place that says so: every page and count asks here. */
const STREAM_STATES = ["refused", "open", "quarantined", "never", "committed"] as const;

export type StreamState = (typeof STREAM_STATES)[number];

/** What somebody has to do about an athlete's connection, or that nobody has to. */
export const REMEDIES = ["reauthorise", "consent", "quarantine", "waits", "quiet", "paused", "none"] as const;

export type Remedy = (typeof REMEDIES)[number];

export type StreamStanding = StreamCell & { state: StreamState };

/** How many streams are in order, of how many; what keeps the others from it; the rest has not been read yet. */
export type StreamCounts = {
  streams: number;
  of: number;
  refused: number;
  quarantined: number;
  open: number;
};

type Status = ConnectionRow["status"];

/**
 * The streams of an athlete as people know them, in the order of the streams' table: the details of sessions and days count
 * with the sessions and days that they belong to.
 */
export function streamStandings(row: Pick<ConnectionRow, "status" | "streams">): StreamStanding[] {
  return STREAMS.filter((stream) => stream.partOf === null).flatMap((stream) => {
    const main = row.streams.find((cell) => cell.stream === stream.id);
    if (!main) return [];
    const parts = row.streams.filter((cell) => cell === main || partOf(cell) === stream.id);
    const states = parts.map((cell) => stateOf(cell, row.status));
    // A stream stands as its worst part does.
    const state = STREAM_STATES.find((worst) => states.includes(worst)) ?? "never";
    const worst = parts[states.indexOf(state)] ?? main;
    const quarantined = parts.reduce((sum, cell) => sum + cell.quarantined, 0);
    return { ...worst, stream: main.stream, lastSuccessAtMs: main.lastSuccessAtMs, quarantined, state };
  });
}

function partOf(cell: StreamCell): StreamId | null {
  return STREAMS.find((stream) => stream.id === cell.stream)?.partOf ?? null;
}

function stateOf(cell: StreamCell, status: Status): StreamState {
  if (status === "needs-reconnection" || status === "revoked") return "refused";
  if (cell.openSinceMs !== null) return "open";
  // Our own or Polar's quota is used up: nobody refused anything, and it resumes by itself.
  if (cell.errorCode === "polar-busy") return "open";
  if (cell.errorCode !== null) return "refused";
  if (cell.quarantined > 0) return "quarantined";
  return cell.lastSuccessAtMs === null ? "never" : "committed";
}

/** What an athlete's connection needs, the most urgent first. */
export function remedyOf(
  row: Pick<ConnectionRow, "status" | "pausedOn" | "lastNight">,
  of: { streams: readonly { state: StreamState }[]; today: string },
): Remedy {
  const ofAccess = accessRemedyOf(row);
  if (ofAccess !== null) return ofAccess;
  const has = (state: StreamState) => of.streams.some((stream) => stream.state === state);
  if (has("quarantined")) return "quarantine";
  if (has("open") || has("refused")) return "waits";
  if (row.lastNight !== null && daysBetween(row.lastNight, of.today) > 1) return "quiet";
  return "none";
}

/**
 * What the access itself needs, whatever its streams do; null where it works. A pause is the athlete's own choice and
 * needs nothing.
 */
export function accessRemedyOf({
  status,
  pausedOn,
}: Pick<ConnectionRow, "status" | "pausedOn">): Remedy | null {
  if (status === "revoked") return "reauthorise";
  if (pausedOn !== null) return "paused";
  if (status === "needs-reconnection") return "reauthorise";
  if (status === "consent-missing") return "consent";
  return status === "registering" ? "waits" : null;
}

/** True where only the athlete can put the connection in order: by connecting again, or by a consent at the provider. */
export function needsAthlete(remedy: Remedy | null): remedy is "reauthorise" | "consent" {
  return remedy === "reauthorise" || remedy === "consent";
}

/** Counts the streams of any number of athletes. */
export function countStreams(streams: readonly { state: StreamState }[]): StreamCounts {
  const count = (state: StreamState) => streams.filter((stream) => stream.state === state).length;
  return {
    streams: count("committed"),
    of: streams.length,
    refused: count("refused"),
    quarantined: count("quarantined"),
    open: count("open"),
  };
}
