import {
  type ConnectionRow,
  findAthleteForConnection,
  findConnection,
  findConnectionOfPolarUser,
  insertConnection,
  updateConnection,
} from "@/db/queries/connections/connections";
import { findConsent } from "@/db/queries/sync/find-subject";
import { ensureStreamStates, markStreamsDue } from "@/db/queries/sync/stream-states";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { streamsOf } from "@/lib/polar/streams";
import { recordEvents } from "../events/record";
import { polarClient } from "../sync/polar-access";
import { type Registration, registerUser } from "./register";
import { sealToken } from "./token";

type ConnectInput = { athleteId: string; polarUserId: number; accessToken: string; expiresInS: number };
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
    "Another Polar account is connected to this page. Stop sharing there first, then connect this one.",
  );
}

async function requireConnectable(ctx: Context, input: ConnectInput) {
  if (ctx.actor.kind === "coach")
    throw new AppError("forbidden", "Only the athlete can connect a Polar account.");
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
  const own = linked ?? (await findConnection(ctx.db, input.athleteId));
  if (own && own.polarUserId !== input.polarUserId) throw otherAccount();
  return own;
}

function columnsOf(ctx: Context, input: ConnectInput, registration: Registration) {
  const lifetimeMs = Math.min(input.expiresInS, MAX_LIFETIME_S) * 1000;
  return {
    accessTokenSealed: sealToken(input.accessToken),
    tokenExpiresAt: new Date(ctx.now.getTime() + lifetimeMs),
    memberId: registration.memberId,
    status: registration.state === "registered" ? ("active" as const) : ("consent-missing" as const),
    statusReason: registration.state === "registered" ? null : "registration",
  };
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

/**
 * Links a Polar account to an athlete: registers the user at Polar, seals the token, makes the consented streams due
 * and asks for the first sync. Athletes (their own), jobs, and visitors whose invitation the edge has proved.
 * @param input.expiresInS token lifetime as Polar gives it, seconds; often beyond 32 bits in milliseconds
 * @throws AppError `conflict` (account in use, or another one connected), `forbidden`, `link-ended`, `polar-failed`, `polar-busy`
 */
export async function connect({ ctx, input }: { ctx: Context; input: ConnectInput }): Promise<Connected> {
  const { athlete, consent } = await requireConnectable(ctx, input);
  const own = await currentConnection(ctx, input);
  const registration = await registerUser(polarClient(ctx, "interactive"), input);
  const { athleteId } = input;
  const streams = streamsOf(consent.streams).map((stream) => stream.id);
  return inTransaction(ctx, async (tx) => {
    const connected = await store(tx, { ...input, teamId: athlete.teamId, own, registration });
    await ensureStreamStates(tx.db, { teamId: athlete.teamId, athleteId, streams, dueAt: ctx.now });
    await markStreamsDue(tx.db, { athleteId, streams, dueAt: ctx.now });
    await recordEvents(tx, [{ name: "athlete/sync.requested", data: { athleteId, reason: "connected" } }]);
    return connected;
  });
}
