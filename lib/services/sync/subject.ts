import { updateConnection } from "@/db/queries/connections/connections";
import { findSyncSubject } from "@/db/queries/sync/find-subject";
import { ensureStreamStates, restOtherStreams } from "@/db/queries/sync/stream-states";
import type { Context } from "@/lib/context";
import { type Stream, streamsOf } from "@/lib/polar/streams";
import { civilDateIn } from "@/lib/time/zone";
import { registerUser } from "../connections/register";
import { unsealToken } from "../connections/token";
import { polarClient } from "./polar-access";
import type { Subject } from "./run";

type Found = { subject: Subject; streams: readonly Stream[]; status: "active" | "consent-missing" };
type Row = NonNullable<Awaited<ReturnType<typeof findSyncSubject>>>;

/** A connection made before all of Polar's consents were given may not be registered yet. */
async function registerNow(
  ctx: Context,
  row: Row,
  accessToken: string,
): Promise<"active" | "consent-missing"> {
  const user = { polarUserId: row.connection.polarUserId, accessToken };
  const registration = await registerUser(polarClient(ctx, "background"), user);
  if (registration.state === "consent-missing") return "consent-missing";
  const set = { status: "active" as const, statusReason: null, memberId: registration.memberId };
  await updateConnection(ctx.db, { id: row.connection.id, set });
  return "active";
}

function subjectOf(ctx: Context, row: Row, accessToken: string): Subject {
  const { connection, consent, timeZone } = row;
  return {
    teamId: connection.teamId,
    athleteId: connection.athleteId,
    connectionId: connection.id,
    polarUserId: connection.polarUserId,
    accessToken,
    timeZone,
    today: civilDateIn(ctx.now, timeZone),
    sharesFrom: consent.history === "from-now" ? civilDateIn(consent.acceptedAt, timeZone) : null,
  };
}

/**
 * Who is to be synced, with which streams: those of the latest consent, whose missing states are created.
 * @returns null when there is no working connection or no consent
 */
export async function findSubject(ctx: Context, athleteId: string): Promise<Found | null> {
  const row = await findSyncSubject(ctx.db, athleteId);
  const sealed = row?.connection.accessTokenSealed;
  if (!row || !sealed || row.connection.status === "needs-reconnection") return null;
  const accessToken = unsealToken(sealed);
  const isRegistered = row.connection.statusReason !== "registration";
  const status = isRegistered ? "active" : await registerNow(ctx, row, accessToken);
  const streams = streamsOf(row.consent.streams);
  const { teamId } = row.connection;
  const ids = streams.map((stream) => stream.id);
  await ensureStreamStates(ctx.db, { teamId, athleteId, streams: ids, dueAt: ctx.now });
  await restOtherStreams(ctx.db, { athleteId, shared: ids });
  return { subject: subjectOf(ctx, row, accessToken), streams, status };
}
