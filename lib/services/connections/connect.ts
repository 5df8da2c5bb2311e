import {
  accountColumns,
  type ConnectionRow,
  findAthleteForConnection,
  findConnectionOfAccount,
  findLastAccount,
  insertConnection,
  updateConnection,
} from "@/db/queries/connections";
import {
  deleteOwedDeregistration,
  insertOwedDeregistration,
  type OwedDeregistration,
} from "@/db/queries/deregistrations";
import { ensureStreamStates, markStreamsDue, postponeStreams } from "@/db/queries/stream-states";
import { findConsent } from "@/db/queries/sync-due";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { requireCan } from "@/lib/services/access/require";
import { trimToConsent } from "@/lib/services/consents/bounds";
import { recordEvents } from "@/lib/services/events/outbox";
import { registerAccount } from "@/lib/services/provider/client";
import { type Connector, connectorOf, type Grant, type Registration } from "@/lib/wearables/connector";
import type { ProviderId } from "@/lib/wearables/provider";
import { streamsOf } from "@/lib/wearables/stream";
import { mailMissingConsent } from "./reconnection";
import { sealToken } from "./tokens";

type ConnectInput = Grant & { athleteId: string };

/** `claim` uses up what the athlete answered, in the same transaction as what is stored; what it throws stores nothing. */
type Connecting = { input: ConnectInput; claim?: (tx: Context) => Promise<void> };

type Connected = { connectionId: string; outcome: "connected" | "reconnected" };

/** Longer than any registration takes, with all its requests. */
const GRANT_TAKES_MS = 15 * 60_000;

const MAX_LIFETIME_S = 100 * 365 * 86_400;

function inUse({ name }: Connector): AppError {
  return new AppError(
    "conflict",
    `This ${name} account cannot be connected here. If you share with this club already, ask your coach.`,
  );
}

function otherAccount({ name }: Connector): AppError {
  return new AppError(
    "conflict",
    `This page belongs to another ${name} account. Continue with that one, or ask your coach to invite you as a new athlete.`,
  );
}

async function requireConnectable(ctx: Context, { input, claim }: Connecting) {
  requireCan(ctx, "connection.make");
  if (ctx.actor.kind === "athlete" && ctx.actor.athleteId !== input.athleteId)
    throw new AppError("forbidden", "This page belongs to another athlete.");
  const athlete = await findAthleteForConnection(ctx.db, input.athleteId);
  if (!athlete || (athlete.stoppedAt && !claim))
    throw new AppError("link-ended", "This invitation has ended.");
  const consent = await findConsent(ctx.db, input.athleteId);
  if (!consent) throw new AppError("forbidden", "Agree to what is shared before connecting.");
  return { athlete, consent };
}

async function currentConnection(
  ctx: Context,
  connector: Connector,
  input: ConnectInput,
): Promise<ConnectionRow | undefined> {
  const linked = await findConnectionOfAccount(ctx.db, input);
  if (linked && linked.athleteId !== input.athleteId) throw inUse(connector);
  // What is stored belongs to the account it came from, also after stopping: a link alone opens it to no other.
  const last = await findLastAccount(ctx.db, input.athleteId);
  const isOther = last && (last.provider !== input.provider || last.accountId !== input.accountId);
  if (isOther) throw otherAccount(connector);
  return linked;
}

const STATUS = {
  registered: "active",
  "consent-missing": "consent-missing",
  waiting: "registering",
} as const;

/** When the token ends; null where the provider did not tell: then it is used until it is refused. */
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

/** Registers at the provider; one who is registered already need not wait for the quota. */
async function register(
  ctx: Context,
  connector: Connector,
  of: { input: ConnectInput; own: ConnectionRow | undefined },
): Promise<Registration> {
  const { input, own } = of;
  const registration = await registerAccount(ctx, connector, input);
  if (registration.state !== "waiting" || own?.status !== "active") return registration;
  return { state: "registered", memberId: own.memberId };
}

async function store(
  ctx: Context,
  connector: Connector,
  input: ConnectInput & { teamId: string; own: ConnectionRow | undefined; registration: Registration },
): Promise<Connected> {
  const columns = columnsOf(ctx, input, input.registration);
  if (input.own) {
    await updateConnection(ctx.db, { id: input.own.id, set: columns });
    return { connectionId: input.own.id, outcome: "reconnected" };
  }
  const { athleteId, teamId } = input;
  const row = { ...columns, ...accountColumns(input), athleteId, teamId, connectedAt: ctx.now };
  const inserted = await insertConnection(ctx.db, row);
  if (!inserted) throw inUse(connector);
  return { connectionId: inserted.id, outcome: "connected" };
}

/** What comes next: the first sync, the mail about a consent that the provider misses, or the moment the quota allows more. */
async function settleRegistration(
  tx: Context,
  of: {
    athleteId: string;
    provider: ProviderId;
    connectionId: string;
    streams: string[];
    registration: Registration;
  },
): Promise<void> {
  const { athleteId, provider, connectionId, streams, registration } = of;
  if (registration.state === "waiting")
    return postponeStreams(tx.db, {
      athleteId,
      provider,
      streams,
      until: registration.retryAt,
      errorCode: "provider-busy",
    });
  if (registration.state === "consent-missing") await mailMissingConsent(tx, { athleteId, connectionId });
  await recordEvents(tx, [{ name: "athlete/sync.requested", data: { athleteId, reason: "connected" } }]);
}

type Begun = {
  input: ConnectInput;
  athlete: { teamId: string; timeZone: string };
  consent: NonNullable<Awaited<ReturnType<typeof findConsent>>>;
  own: ConnectionRow | undefined;
  registration: Registration;
};

/** Stores the connection with its due streams and all that follows from it. */
async function begin(tx: Context, connector: Connector, of: Begun): Promise<Connected> {
  const { input, athlete, consent, own, registration } = of;
  const { athleteId, provider } = input;
  const { teamId, timeZone } = athlete;
  const streams = streamsOf(connector.streams, consent.streams).map((stream) => stream.id);
  const connected = await store(tx, connector, { ...input, teamId, own, registration });
  const due = { athleteId, provider, streams, dueAt: tx.now };
  await ensureStreamStates(tx.db, { teamId, ...due });
  await markStreamsDue(tx.db, due);
  if (connected.outcome === "connected") await trimToConsent(tx, { teamId, athleteId, consent, timeZone });
  const { connectionId } = connected;
  await settleRegistration(tx, { athleteId, provider, connectionId, streams, registration });
  return connected;
}

/** A process may die while the provider registers: by then it is noted that the token is owed an end, unless it is kept. */
async function noteGrant(ctx: Context, input: ConnectInput): Promise<OwedDeregistration> {
  const nextTryAt = new Date(ctx.now.getTime() + GRANT_TAKES_MS);
  const accessTokenSealed = sealToken(input.accessToken);
  return insertOwedDeregistration(ctx.db, {
    ...accountColumns(input),
    accessTokenSealed,
    owedAt: ctx.now,
    nextTryAt,
  });
}

const forgetGrant = ({ db }: Context, { id }: OwedDeregistration) => deleteOwedDeregistration(db, id);

/**
 * Links an account to an athlete: registers it at its provider, seals the token, makes the consented streams due
 * and asks for the first sync. While the quota is used up the token is kept, and the sweep of `listDue` registers it
 * then. Athletes (their own), jobs, and visitors whose invitation the edge has proved; one that is claimed may end an
 * earlier stop.
 * @param input.expiresInS token lifetime as the provider gives it, seconds; often beyond 32 bits in milliseconds; null: not told
 * @throws AppError `conflict` (account in use, or the page is another account's), `forbidden`, `link-ended`, `provider-failed`
 */
export async function connect(of: Connecting & { ctx: Context }): Promise<Connected> {
  const { ctx, input, claim } = of;
  const { athlete, consent } = await requireConnectable(ctx, of);
  const connector = connectorOf(ctx.providers, input.provider);
  const own = await currentConnection(ctx, connector, input);
  const granted = await noteGrant(ctx, input);
  try {
    const registration = await register(ctx, connector, { input, own });
    return await inTransaction(ctx, async (tx) => {
      await claim?.(tx);
      await forgetGrant(tx, granted);
      return begin(tx, connector, { input, athlete, consent, own, registration });
    });
  } catch (error) {
    // After a refusal whoever asked gives the token back at once, or goes on with the one of before; after a fault the job does.
    if (error instanceof AppError) await forgetGrant(ctx, granted);
    throw error;
  }
}
