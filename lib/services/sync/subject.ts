import { markConsentMissing, markRegistered, oweDeregistration } from "@/db/queries/connections";
import {
  ensureStreamStates,
  markStreamsDue,
  postponeStreams,
  restOtherStreams,
} from "@/db/queries/stream-states";
import type { findSyncSubject } from "@/db/queries/sync-due";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError, type ErrorCode } from "@/lib/errors";
import type { Stream } from "@/lib/providers/polar/streams";
import { mailMissingConsent } from "@/lib/services/connections/reconnection";
import { registerUser, unsealToken } from "@/lib/services/connections/register";
import { boundsOf } from "@/lib/services/consents/bounds";
import { fetchedStreams } from "@/lib/services/consents/text";
import { polarClient } from "@/lib/services/provider/client";
import { civilDateIn } from "@/lib/time/zone";
import type { ConnectionStatus } from "@/lib/wearables/connection";
import type { Subject } from "./run";
import { nextConsentCheck, nextTry } from "./schedule";

/** How a registration at Polar may end. */
type Registered = Extract<ConnectionStatus, "active" | "consent-missing">;

type Found = {
  subject: Subject;
  streams: readonly Stream[];
  status: Registered;
  /** The history has not been read to its end. */
  isFirst: boolean;
};

type Row = NonNullable<Awaited<ReturnType<typeof findSyncSubject>>>;

/** When to try to register again after Polar failed. */
const afterFailure = (now: Date) => nextTry({ at: now, failures: 3 });

/** Polar's own consents are the athlete's to give: told once, looked for again later. */
async function noteMissingConsent(ctx: Context, row: Row, streams: string[]): Promise<void> {
  const { id: connectionId, athleteId } = row.connection;
  const errorCode = "polar-consent-missing";
  await inTransaction(ctx, async (tx) => {
    await markConsentMissing(tx.db, connectionId);
    await mailMissingConsent(tx, { athleteId, connectionId });
    await postponeStreams(tx.db, { athleteId, streams, until: nextConsentCheck(ctx.now), errorCode });
  });
}

/**
 * A connection made while the quota was used up, or before all of Polar's consents were given, is not registered yet;
 * the athlete waits for it. Null when access was ended while Polar was asked: the registration may have come after the
 * de-registration, which is owed once more.
 */
async function registerNow(
  ctx: Context,
  row: Row,
  of: { accessToken: string; streams: string[] },
): Promise<Registered | null> {
  const { id, polarUserId, athleteId } = row.connection;
  const user = { polarUserId, accessToken: of.accessToken };
  const wait = (until: Date, errorCode: ErrorCode) =>
    postponeStreams(ctx.db, { athleteId, streams: of.streams, until, errorCode });
  const registration = await registerUser(polarClient(ctx, "interactive"), user).catch(
    async (error: unknown) => {
      if (error instanceof AppError && error.code === "polar-failed")
        await wait(afterFailure(ctx.now), error.code);
      throw error;
    },
  );
  if (registration.state === "waiting") {
    const { retryAt } = registration;
    await wait(retryAt, "polar-busy");
    throw new AppError("polar-busy", "Polar's request quota is used up.", { retryAt });
  }
  if (registration.state === "consent-missing") {
    await noteMissingConsent(ctx, row, of.streams);
    return "consent-missing";
  }
  if (!(await markRegistered(ctx.db, { id, memberId: registration.memberId }))) {
    await oweDeregistration(ctx.db, { id, accessTokenSealed: row.accessTokenSealed });
    return null;
  }
  await markStreamsDue(ctx.db, { athleteId, streams: of.streams, dueAt: ctx.now });
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
    accessTokenSealed: row.accessTokenSealed,
    timeZone,
    today: civilDateIn(ctx.now, timeZone),
    agreedAt: consent.acceptedAt,
    bounds: boundsOf(consent, timeZone),
  };
}

/**
 * Who is to be synced, with which streams: those of the latest consent that the squad still asks for, whose missing
 * states are created.
 * @returns null when access was ended meanwhile
 * @throws AppError as the client does, while the athlete has to be registered at Polar
 */
export async function findSubject(ctx: Context, row: Row): Promise<Found | null> {
  const { statusReason, teamId, athleteId } = row.connection;
  const accessToken = unsealToken(row.accessTokenSealed);
  const streams = fetchedStreams({ agreed: row.consent.streams, optional: row.optionalStreams });
  const ids = streams.map((stream) => stream.id);
  await ensureStreamStates(ctx.db, { teamId, athleteId, streams: ids, dueAt: ctx.now });
  await restOtherStreams(ctx.db, { athleteId, shared: ids });
  const isRegistered = statusReason !== "registration";
  const status = isRegistered ? "active" : await registerNow(ctx, row, { accessToken, streams: ids });
  if (!status) return null;
  const isFirst = row.connection.backfilledAt === null;
  return { subject: subjectOf(ctx, row, accessToken), streams, status, isFirst };
}
