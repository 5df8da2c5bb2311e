import type { Sharing } from "./view-model";

type ConnectionRow = { status: string; connectedAt: Date } | undefined;

/** The one word for an athlete's connection, and since when. */
export function sharingOf(of: {
  connection: ConnectionRow;
  athlete: { stoppedAt: Date | null; pausedAt: Date | null };
  reads: (Date | null)[];
}): Sharing {
  const reads = of.reads.flatMap((read) => (read ? [read.getTime()] : []));
  const lastReadAt = reads.length === 0 ? null : new Date(Math.max(...reads));
  return {
    state: stateOf(of.connection, of.athlete),
    since: of.connection?.connectedAt ?? null,
    pausedAt: of.athlete.pausedAt,
    lastReadAt,
  };
}

function stateOf(
  connection: ConnectionRow,
  athlete: { stoppedAt: Date | null; pausedAt: Date | null },
): Sharing["state"] {
  if (athlete.stoppedAt) return "stopped";
  if (!connection) return "not-connected";
  if (athlete.pausedAt) return "paused";
  if (connection.status === "active") return "connected";
  if (connection.status === "registering") return "registering";
  if (connection.status === "revoked") return "stopped";
  return connection.status === "consent-missing" ? "consent-missing" : "needs-reconnection";
}
