import { deleteAthlete, markPaused, markStopped } from "@/db/queries/athletes";
import { findStandingConsent, withdrawConsents } from "@/db/queries/consents";
import { hasPendingDeregistration } from "@/db/queries/deregistrations";
import { withdrawInvitations } from "@/db/queries/invitations";
import { endLease } from "@/db/queries/leases";
import { findLatestConnection } from "@/db/queries/own-page";
import { markAllStreamsDue } from "@/db/queries/stream-states";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { recordAudit } from "@/lib/services/access/audit";
import { requireOwn } from "@/lib/services/access/require";
import { revoke } from "@/lib/services/connections/revoke";
import { KEPT_DAYS } from "@/lib/services/consents/text";
import { recordEvents } from "@/lib/services/events/outbox";
import { addDays, type CivilDate, isCivilDate } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import { allStreams } from "@/lib/wearables/connector";
import { mainStreams, type Stream } from "@/lib/wearables/stream";
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
  if (athlete.pausedAt) return "paused";
  if (!connection) return "not-connected";
  if (connection.status === "active") return "connected";
  if (connection.status === "registering") return "registering";
  if (connection.status === "revoked") return "stopped";
  return connection.status === "consent-missing" ? "consent-missing" : "needs-reconnection";
}

/** Days of a pause that the provider keeps no longer, for one line of the consent text. */
export type Gap = { line: string; from: CivilDate; to: CivilDate };

/**
 * What stays missing when sharing goes on today after a pause: a provider keeps each kind of data for so many days
 * (its documentation, as in its table of streams). Streams without history have no gap; the latest state comes.
 */
export function gapsOf(of: {
  table: readonly Stream[];
  pausedOn: CivilDate;
  today: CivilDate;
  streams: readonly string[];
}): Gap[] {
  const shared = mainStreams(of.table).filter((stream) => of.streams.includes(stream.id));
  return shared.flatMap((stream) => {
    const days = daysKept(of.table, stream);
    const to = addDays(of.today, -days);
    return days === 0 || to < of.pausedOn ? [] : [{ line: stream.consentKey, from: of.pausedOn, to }];
  });
}

function daysKept(table: readonly Stream[], stream: Stream): number {
  const family = table.filter(({ id, partOf }) => id === stream.id || partOf === stream.id);
  return Math.max(...family.map(({ history }) => history.days));
}

type PauseView = { stopped: boolean; pausedAt: Date | null; timeZone: string; gaps: Gap[] };

/**
 * The athlete's pause, if one runs, and what would stay missing if sharing went on today. After a pause, its first day
 * given as `since` tells what stayed missing. Athletes only. @throws AppError `not-signed-in`
 */
export async function viewPause(of: { ctx: Context; input: { since?: unknown } }): Promise<PauseView> {
  const { athlete, squad, who } = await requireOwn(of.ctx, "own-page.view");
  const { timeZone } = squad;
  const consent = await findStandingConsent(of.ctx.db, who);
  const today = civilDateIn(of.ctx.now, timeZone);
  const table = allStreams(of.ctx.providers);
  const pausedOn = athlete.pausedAt ? civilDateIn(athlete.pausedAt, timeZone) : dayOf(of.input.since, today);
  return {
    stopped: athlete.stoppedAt !== null,
    pausedAt: athlete.pausedAt,
    timeZone,
    gaps: pausedOn ? gapsOf({ table, pausedOn, today, streams: consent?.streams ?? [] }) : [],
  };
}

type Leaving = { stopped: boolean; deleteAfter: Date | null; timeZone: string; endsAccess: boolean };

/** What stopping would do: whether there is any access at a provider to end. Athletes only. @throws AppError `not-signed-in` */
export async function viewLeaving(of: { ctx: Context }): Promise<Leaving> {
  const { athlete, squad, who } = await requireOwn(of.ctx, "own-page.view");
  const connection = await findLatestConnection(of.ctx.db, who);
  return {
    stopped: athlete.stoppedAt !== null,
    deleteAfter: athlete.deleteAfter,
    timeZone: squad.timeZone,
    endsAccess: connection !== undefined && connection.status !== "revoked",
  };
}

function dayOf(since: unknown, today: CivilDate): CivilDate | null {
  return isCivilDate(since) && since <= today ? since : null;
}

/**
 * Pauses sharing: nothing is fetched from now on, not even by a sync under way, until the athlete goes on. Consent and
 * connection stay. Repeating it keeps the first moment. Athletes only.
 * @throws AppError `forbidden` when sharing has stopped, `not-signed-in`
 */
export async function pauseSharing(of: { ctx: Context }): Promise<{ pausedAt: Date }> {
  const { athlete, who } = await requireOwn(of.ctx, "sharing.change");
  if (athlete.stoppedAt) throw new AppError("forbidden", "You have stopped sharing.");
  if (athlete.pausedAt) return { pausedAt: athlete.pausedAt };
  const pausedAt = of.ctx.now;
  await inTransaction(of.ctx, async (ctx) => {
    await endLease(ctx.db, who.athleteId);
    await markPaused(ctx.db, { ...who, pausedAt });
    await recordAudit(ctx, { teamId: who.teamId, action: "athlete/paused", subjectId: who.athleteId });
  });
  return { pausedAt };
}

/**
 * Ends a pause: everything the provider still keeps is asked for at once. Athletes only.
 * @returns the first day of the pause in the squad's zone, null when there was none @throws AppError `not-signed-in`
 */
export async function resumeSharing(of: { ctx: Context }): Promise<{ pausedOn: CivilDate | null }> {
  const { athlete, squad, who } = await requireOwn(of.ctx, "sharing.change");
  const { pausedAt } = athlete;
  if (!pausedAt) return { pausedOn: null };
  const { athleteId } = who;
  await inTransaction(of.ctx, async (ctx) => {
    await markPaused(ctx.db, { ...who, pausedAt: null });
    await markAllStreamsDue(ctx.db, { athleteId, dueAt: ctx.now });
    await recordEvents(ctx, [{ name: "athlete/sync.requested", data: { athleteId, reason: "asked" } }]);
    await recordAudit(ctx, { teamId: who.teamId, action: "athlete/resumed", subjectId: athleteId });
  });
  return { pausedOn: civilDateIn(pausedAt, squad.timeZone) };
}

const keptForMs = KEPT_DAYS * 86_400_000;

/**
 * Stops sharing: ends the consent, invitations that are still open, and the access at the provider in the same step, also
 * for a sync under way, and sets the
 * day on which everything is deleted. Repeating it keeps the first day. Athletes only. @throws AppError `not-signed-in`
 */
export async function stopSharing(of: { ctx: Context }): Promise<{ deleteAfter: Date }> {
  const { athlete, who } = await requireOwn(of.ctx, "sharing.change");
  const { now } = of.ctx;
  const deleteAfter = athlete.deleteAfter ?? new Date(now.getTime() + keptForMs);
  await inTransaction(of.ctx, async (ctx) => {
    await withdrawConsents(ctx.db, { ...who, now });
    await withdrawInvitations(ctx.db, { ...who, now });
    await endLease(ctx.db, who.athleteId);
    await markStopped(ctx.db, { ...who, stoppedAt: athlete.stoppedAt ?? now, deleteAfter });
    await recordAudit(ctx, { teamId: who.teamId, action: "athlete/stopped", subjectId: who.athleteId });
  });
  await revoke({ ctx: of.ctx, input: { athleteId: who.athleteId } });
  return { deleteAfter };
}

/**
 * Stops sharing and deletes everything at once. When the provider does not answer, the deletion waits for it, because the
 * token is needed to end the access there; the daily job goes on with it. Athletes only. @throws AppError `not-signed-in`
 */
export async function deleteNow(of: { ctx: Context }): Promise<{ deleted: "now" | "soon" }> {
  const { athlete, who } = await requireOwn(of.ctx, "sharing.change");
  const { now } = of.ctx;
  await stopSharing(of);
  if (await hasPendingDeregistration(of.ctx.db, who)) {
    await markStopped(of.ctx.db, { ...who, stoppedAt: athlete.stoppedAt ?? now, deleteAfter: now });
    return { deleted: "soon" };
  }
  await inTransaction(of.ctx, async (ctx) => {
    await deleteAthlete(ctx.db, who);
    await recordAudit(ctx, { teamId: who.teamId, action: "athlete/deleted", subjectId: who.athleteId });
  });
  return { deleted: "now" };
}
