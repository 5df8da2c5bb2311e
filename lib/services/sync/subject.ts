import { markRegistered, oweDeregistration } from "@/db/queries/connections/connections";
import type { findSyncSubject } from "@/db/queries/sync/find-subject";
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

/**
 * A connection made before all of Polar's consents were given may not be registered yet. Null when access was ended
 * while Polar was asked: the registration may have come after the de-registration, which is owed once more.
 */
async function registerNow(
  ctx: Context,
  row: Row,
  accessToken: string,
): Promise<"active" | "consent-missing" | null> {
  const { id, polarUserId } = row.connection;
  const user = { polarUserId, accessToken };
  const { state, memberId } = await registerUser(polarClient(ctx, "background"), user);
  if (state === "consent-missing") return "consent-missing";
  if (await markRegistered(ctx.db, { id, memberId })) return "active";
  await oweDeregistration(ctx.db, { id, accessTokenSealed: row.accessTokenSealed });
  return null;
}

function subjectOf(ctx: Context, row: Row, accessToken: string): Subject {
  const { connection, consent, timeZone } = row;
  return {
    teamId: connection.teamId,
    athleteId: connection.athleteId,
    connectionId: connection.id,
    polarUserId: connection.polarUserId,
    accessToken,
    accessTokenSealed: row.accessTokenSealed,
    timeZone,
    today: civilDateIn(ctx.now, timeZone),
    sharesFrom: consent.history === "from-now" ? civilDateIn(consent.acceptedAt, timeZone) : null,
  };
}

/**
 * Who is to be synced, with which streams: those of the latest consent, whose missing states are created.
 * @returns null when access was ended meanwhile
 * @throws AppError as the client does, while the athlete has to be registered at Polar
 */
export async function findSubject(ctx: Context, row: Row): Promise<Found | null> {
  const { statusReason, teamId, athleteId } = row.connection;
  const accessToken = unsealToken(row.accessTokenSealed);
  const isRegistered = statusReason !== "registration";
  const status = isRegistered ? "active" : await registerNow(ctx, row, accessToken);
  if (!status) return null;
  const streams = streamsOf(row.consent.streams);
  const ids = streams.map((stream) => stream.id);
  await ensureStreamStates(ctx.db, { teamId, athleteId, streams: ids, dueAt: ctx.now });
  await restOtherStreams(ctx.db, { athleteId, shared: ids });
  return { subject: subjectOf(ctx, row, accessToken), streams, status };
}
