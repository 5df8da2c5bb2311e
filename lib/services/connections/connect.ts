import {
  type ConnectionRow,
  findAthleteForConnection,
  findConnectionOfPolarUser,
  findLastPolarUser,
  insertConnection,
  updateConnection,
} from "@/db/queries/connections";
import { ensureStreamStates, markStreamsDue, postponeStreams } from "@/db/queries/stream-states";
import { findConsent } from "@/db/queries/sync-due";
import { inTransaction } from "@/db/transaction";
import type { PolarGrant } from "@/lib/auth/athlete";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { streamsOf } from "@/lib/providers/polar/streams";
import { requireCan } from "@/lib/services/access/require";
import { trimToConsent } from "@/lib/services/consents/bounds";
import { recordEvents } from "@/lib/services/events/outbox";
import { polarClient } from "@/lib/services/provider/client";
import { mailMissingConsent } from "./reconnection";
import { type Registration, registerUser, sealToken } from "./register";

type ConnectInput = PolarGrant & { athleteId: string };

type Connected = { connectionId: string; outcome: "connected" | "reconnected" };

const MAX_LIFETIME_S = 100 * 365 * 86_400;

function inUse(): AppError {
  return new AppError(
    "conflict",
    "This Polar account cannot be connected here. If you share with this club already, ask your coach.",
  );
}

function otherAccount(): AppError {
  return new AppError(
    "conflict",
    "This page belongs to another Polar account. Continue with that one, or ask your coach to invite you as a new athlete.",
  );
}

async function requireConnectable(ctx: Context, input: ConnectInput) {
  requireCan(ctx, "connection.make");
  if (ctx.actor.kind === "athlete" && ctx.actor.athleteId !== input.athleteId)
    throw new AppError("forbidden", "This page belongs to another athlete.");
  const athlete = await findAthleteForConnection(ctx.db, input.athleteId);
  if (!athlete || athlete.stoppedAt) throw new AppError("link-ended", "This invitation has ended.");
  const consent = await findConsent(ctx.db, input.athleteId);
  if (!consent) throw new AppError("forbidden", "Agree to what is shared before connecting.");
  return { athlete, consent };
}

async function currentConnection(ctx: Context, input: ConnectInput): Promise<ConnectionRow | undefined> {
  const linked = await findConnectionOfPolarUser(ctx.db, input.polarUserId);
  if (linked && linked.athleteId !== input.athleteId) throw inUse();
  // What is stored belongs to the account it came from, also after stopping: a link alone opens it to no other.
  const last = await findLastPolarUser(ctx.db, input.athleteId);
  if (last !== undefined && last !== input.polarUserId) throw otherAccount();
  return linked;
}

const STATUS = {
  registered: "active",
  "consent-missing": "consent-missing",
  waiting: "registering",
} as const;

/** When the token ends; null where Polar did not tell: then it is used until Polar refuses it. */
function expiryOf(ctx: Context, { expiresInS }: ConnectInput): Date | null {
  if (expiresInS === null) return null;
  return new Date(ctx.now.getTime() + Math.min(expiresInS, MAX_LIFETIME_S) * 1000);
}

function columnsOf(ctx: Context, input: ConnectInput, registration: Registration) {
  return {
    accessTokenSealed: sealToken(input.accessToken),
    tokenExpiresAt: expiryOf(ctx, input),
    memberId: registration.memberId,
    status: STATUS[registration.state],
    statusReason: registration.state === "registered" ? null : "registration",
  };
}

/** Registers at Polar; one who is registered already need not wait for the quota. */
async function register(ctx: Context, input: ConnectInput, own: ConnectionRow | undefined) {
  const registration = await registerUser(polarClient(ctx, "interactive"), input);
  if (registration.state !== "waiting" || own?.status !== "active") return registration;
  return { state: "registered" as const, memberId: own.memberId };
}

async function store(
  ctx: Context,
  input: ConnectInput & { teamId: string; own: ConnectionRow | undefined; registration: Registration },
): Promise<Connected> {
  const columns = columnsOf(ctx, input, input.registration);
  if (input.own) {
    await updateConnection(ctx.db, { id: input.own.id, set: columns });
    return { connectionId: input.own.id, outcome: "reconnected" };
  }
  const { athleteId, polarUserId, teamId } = input;
  const row = { ...columns, athleteId, polarUserId, teamId, connectedAt: ctx.now };
  const inserted = await insertConnection(ctx.db, row);
  if (!inserted) throw inUse();
  return { connectionId: inserted.id, outcome: "connected" };
}

/** What comes next: the first sync, the mail about a consent that Polar misses, or the moment the quota allows more. */
async function settleRegistration(
  tx: Context,
  of: { athleteId: string; connectionId: string; streams: string[]; registration: Registration },
): Promise<void> {
  const { athleteId, connectionId, streams, registration } = of;
  if (registration.state === "waiting")
    return postponeStreams(tx.db, {
      athleteId,
      streams,
      until: registration.retryAt,
      errorCode: "polar-busy",
    });
  if (registration.state === "consent-missing") await mailMissingConsent(tx, { athleteId, connectionId });
  await recordEvents(tx, [{ name: "athlete/sync.requested", data: { athleteId, reason: "connected" } }]);
}

/**
 * Links a Polar account to an athlete: registers the user at Polar, seals the token, makes the consented streams due
 * and asks for the first sync. While the quota is used up the token is kept, and the sweep of `listDue` registers it
 * then. Athletes (their own), jobs, and visitors whose invitation the edge has proved.
 * @param input.expiresInS token lifetime as Polar gives it, seconds; often beyond 32 bits in milliseconds; null: not told
 * @throws AppError `conflict` (account in use, or the page is another account's), `forbidden`, `link-ended`, `polar-failed`
 */
export async function connect({ ctx, input }: { ctx: Context; input: ConnectInput }): Promise<Connected> {
  const { athlete, consent } = await requireConnectable(ctx, input);
  const own = await currentConnection(ctx, input);
  const registration = await register(ctx, input, own);
  const { athleteId } = input;
  const streams = streamsOf(consent.streams).map((stream) => stream.id);
  return inTransaction(ctx, async (tx) => {
    const connected = await store(tx, { ...input, teamId: athlete.teamId, own, registration });
    await ensureStreamStates(tx.db, { teamId: athlete.teamId, athleteId, streams, dueAt: ctx.now });
    await markStreamsDue(tx.db, { athleteId, streams, dueAt: ctx.now });
    if (connected.outcome === "connected")
      await trimToConsent(tx, { teamId: athlete.teamId, athleteId, consent, timeZone: athlete.timeZone });
    const { connectionId } = connected;
    await settleRegistration(tx, { athleteId, connectionId, streams, registration });
    return connected;
  });
}
