import { z } from "zod";
import {
  deleteAthlete,
  findAthlete,
  findAthleteInSquad,
  listDueForDeletion,
  listRoster,
  markStopped,
  updateAthlete,
} from "@/db/queries/athletes";
import { withdrawConsents } from "@/db/queries/consents";
import { hasPendingDeregistration, keepOwedTokens } from "@/db/queries/deregistrations";
import { withdrawInvitations } from "@/db/queries/invitations";
import { recordLooks } from "@/db/queries/log";
import { inTransaction } from "@/db/transaction";
import { athleteGroup, athleteName } from "@/lib/athlete-fields";
import type { Context } from "@/lib/context";
import { optionalAddress } from "@/lib/email/address";
import { AppError } from "@/lib/errors";
import { recordAudit } from "@/lib/services/access/audit";
import { parseInput, requireCan, requireId } from "@/lib/services/access/require";
import { finishRevocations, revoke } from "@/lib/services/connections/revoke";
import { KEPT_DAYS } from "@/lib/services/consents/text";
import { beginOwedWork, recordEvents } from "@/lib/services/events/outbox";
import { getSquad } from "@/lib/services/squads/manage";
import { settleAddress } from "./address";

export type RosterEntry = Awaited<ReturnType<typeof listRoster>>[number];

/** Who is connected in a squad: names, groups and connections, no health values. Everybody on the team. @throws AppError `not-signed-in` */
export async function viewRoster(of: { ctx: Context; input: { squadId: string } }): Promise<RosterEntry[]> {
  const { teamId } = requireCan(of.ctx, "squads.view");
  return listRoster(of.ctx.db, { teamId, squadId: requireId(of.input.squadId) });
}

type Named = { id: string; name: string };

/** Who an address means, with the squad; also of those who stopped sharing. Everybody on the team. @throws AppError `not-found`, `not-signed-in` */
export async function getAthlete(of: {
  ctx: Context;
  input: { athleteId: string };
}): Promise<Named & { squad: Named }> {
  const { teamId } = requireCan(of.ctx, "athletes.view");
  const found = await findAthleteInSquad(of.ctx.db, { teamId, athleteId: requireId(of.input.athleteId) });
  if (!found) throw new AppError("not-found", "This athlete is not there.");
  return { id: found.id, name: found.name, squad: { id: found.squadId, name: found.squadName } };
}

const changesInput = z.object({
  athleteId: z.uuid(),
  name: athleteName.optional(),
  email: optionalAddress.optional(),
  groupName: athleteGroup.transform((group) => group || null).optional(),
  squadId: z.uuid().optional(),
});

/**
 * Changes an athlete's name or group, or moves them to another squad of the team: history stays and is scored again
 * under the new squad's settings, and the athlete's log shows the move. An empty group is taken away. Another address is
 * a proposal once the athlete has connected (propose-address.ts). Coaches and owners.
 * @throws AppError `bad-input` with the field, `not-found`, `forbidden`, `not-signed-in`
 */
export async function changeAthlete(of: {
  ctx: Context;
  input: z.input<typeof changesInput>;
}): Promise<void> {
  const { teamId, userId } = requireCan(of.ctx, "athletes.change");
  const { athleteId, ...given } = parseInput(changesInput, of.input);
  const { email, ...changes } = given;
  await inTransaction(of.ctx, async (ctx) => {
    if (given.squadId) await getSquad({ ctx, input: { squadId: given.squadId } });
    const found = await findAthlete(ctx.db, { teamId, athleteId });
    if (!found) throw new AppError("not-found", "This athlete is not there.");
    if (Object.keys(changes).length > 0) await updateAthlete(ctx.db, { teamId, athleteId, changes });
    if (email !== undefined) await settleAddress(ctx, { found, userId, email });
    if (given.squadId && given.squadId !== found.squad.id) await showMove(ctx, { teamId, athleteId, userId });
    const detail = { fields: Object.keys(given).join(" "), squadId: given.squadId ?? "" };
    await recordAudit(ctx, { teamId, action: "athlete/changed", subjectId: athleteId, detail });
    if (given.squadId) await recordEvents(ctx, [{ name: "athlete/day.changed", data: { athleteId } }]);
  });
}

async function showMove(ctx: Context, of: { teamId: string; athleteId: string; userId: string }) {
  const { athleteId, ...by } = of;
  const look = { ...by, athleteIds: [athleteId], what: "squad-changed", lookedAt: ctx.now } as const;
  await recordLooks(ctx.db, look);
}

const keptForMs = KEPT_DAYS * 86_400_000;

/**
 * Takes an athlete off the team: access at Polar ends now, the data go as late as if the athlete had stopped.
 * Coaches and owners. @throws AppError `not-found`, `forbidden`, `not-signed-in`
 */
export async function removeAthlete(of: { ctx: Context; input: { athleteId: string } }): Promise<void> {
  const { teamId } = requireCan(of.ctx, "athletes.remove");
  const athleteId = requireId(of.input.athleteId);
  const { now } = of.ctx;
  await inTransaction(of.ctx, async (ctx) => {
    const found = await findAthlete(ctx.db, { teamId, athleteId });
    if (!found) throw new AppError("not-found", "This athlete is not there.");
    const stoppedAt = found.athlete.stoppedAt ?? now;
    const deleteAfter = found.athlete.deleteAfter ?? new Date(now.getTime() + keptForMs);
    await withdrawInvitations(ctx.db, { teamId, athleteId, now });
    await withdrawConsents(ctx.db, { teamId, athleteId, now });
    await markStopped(ctx.db, { teamId, athleteId, stoppedAt, deleteAfter });
    await recordAudit(ctx, { teamId, action: "athlete/removed", subjectId: athleteId });
  });
  await revoke(of);
}

const patienceMs = 7 * 86_400_000;

/**
 * Deletes the athletes whose promised day has come, with everything stored about them. Access at Polar ends first;
 * a Polar that does not answer holds a deletion up for a week at most, and is asked on to end the token. Jobs only. @throws AppError `forbidden`
 */
export async function purgeAthletes(of: { ctx: Context }): Promise<{ purged: number }> {
  requireCan(of.ctx, "jobs.run");
  const { db, now } = of.ctx;
  const work = await beginOwedWork(of.ctx, { event: "installation/erasure.due", subject: "installation" });
  await finishRevocations(of);
  let purged = 0;
  const due = await listDueForDeletion(db, { now });
  for (const { teamId, athleteId, deleteAfter } of due) {
    await revoke({ ctx: of.ctx, input: { athleteId } });
    const overdue = now.getTime() - deleteAfter.getTime() > patienceMs;
    if (!overdue && (await hasPendingDeregistration(db, { teamId, athleteId }))) continue;
    await inTransaction(of.ctx, async (ctx) => {
      await keepOwedTokens(ctx.db, { teamId, athleteId, now });
      await deleteAthlete(ctx.db, { teamId, athleteId });
      await recordAudit(ctx, { teamId, action: "athlete/deleted", subjectId: athleteId });
    });
    purged += 1;
  }
  // Those who wait for Polar are tried again later.
  if (purged === due.length) await work.done(of.ctx);
  return { purged };
}
