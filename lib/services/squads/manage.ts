import { z } from "zod";
import {
  findSquad,
  insertSquad,
  listArchivedRows,
  listSquadRows,
  type SquadChanges,
  updateSquad,
} from "@/db/queries/squads";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { OFFERED_RISE_PERCENT } from "@/lib/readiness/constants";
import { LOAD_KINDS } from "@/lib/readiness/load/kind";
import { BASELINE_METHODS, PRESETS, type Preset } from "@/lib/readiness/types";
import { recordAudit } from "@/lib/services/access/audit";
import { oneOf, parseInput, requireCan, requireId } from "@/lib/services/access/require";
import { recordEvents } from "@/lib/services/events/outbox";
import { isTimeZone } from "@/lib/time/zone";

/** One squad of the caller's team with its settings. Everybody on the team. @throws AppError `not-found`, `not-signed-in` */
export async function getSquad(of: { ctx: Context; input: { squadId: string } }) {
  const { teamId } = requireCan(of.ctx, "squads.view");
  const squad = await findSquad(of.ctx.db, { teamId, squadId: requireId(of.input.squadId) });
  if (!squad) throw new AppError("not-found", "This squad is not there.");
  return squad;
}

export type SquadSummary = {
  id: string;
  name: string;
  timeZone: string;
  preset: Preset;
  /** Athletes with a connection. */
  athleteCount: number;
  /** Invited, not connected yet. */
  waitingCount: number;
};

/** The team's squads in use, by name. Everybody on the team. @throws AppError `not-signed-in` */
export async function listSquads(of: { ctx: Context }): Promise<SquadSummary[]> {
  const { teamId } = requireCan(of.ctx, "squads.view");
  return listSquadRows(of.ctx.db, { teamId });
}

/** The squads that were put away, the latest first. Everybody on the team. @throws AppError `not-signed-in` */
export async function listArchivedSquads(of: {
  ctx: Context;
}): Promise<{ id: string; name: string; archivedAt: Date | null }[]> {
  const { teamId } = requireCan(of.ctx, "squads.view");
  return listArchivedRows(of.ctx.db, { teamId });
}

const squadInput = z.object({
  name: z.string().trim().min(1).max(80),
  timeZone: z.string().refine(isTimeZone),
  preset: oneOf(PRESETS),
});

/**
 * Makes a squad. Coaches and owners.
 * @param input.timeZone IANA name; decides what "today" and the morning are for the squad
 * @throws AppError `bad-input` with the field, `forbidden`, `not-signed-in`
 */
export async function createSquad(of: {
  ctx: Context;
  input: z.input<typeof squadInput>;
}): Promise<{ squadId: string }> {
  const { teamId } = requireCan(of.ctx, "squads.create");
  const squad = parseInput(squadInput, of.input);
  return inTransaction(of.ctx, async (ctx) => {
    const squadId = await insertSquad(ctx.db, { ...squad, teamId });
    await recordAudit(ctx, { teamId, action: "squad/created", subjectId: squadId });
    return { squadId };
  });
}

const changesInput = z.object({
  squadId: z.uuid(),
  name: z.string().trim().min(1).max(80).optional(),
  timeZone: z.string().refine(isTimeZone).optional(),
  preset: oneOf(PRESETS).optional(),
  mailTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  nightsSharePercent: z.number().int().min(10).max(100).optional(),
  latestMinutes: z.number().int().min(15).max(180).optional(),
  athletesSeeLevel: z.boolean().optional(),
  baselineDays: z.number().int().min(60).max(90).optional(),
  loadKind: oneOf(LOAD_KINDS).optional(),
  baselineMethod: oneOf(BASELINE_METHODS).optional(),
  loadRisePercent: z
    .number()
    .pipe(z.literal([...OFFERED_RISE_PERCENT]))
    .optional(),
  drift: z.boolean().optional(),
});

/**
 * Changes a squad's name or settings; what scoring depends on has every day scored again. Coaches and owners.
 * @throws AppError `bad-input` with the field, `not-found`, `forbidden`, `not-signed-in`
 */
export async function changeSquad(of: { ctx: Context; input: z.input<typeof changesInput> }): Promise<void> {
  const { teamId } = requireCan(of.ctx, "squads.change");
  const { squadId, ...given } = parseInput(changesInput, of.input);
  await inTransaction(of.ctx, async (ctx) => {
    const squad = await findSquad(ctx.db, { teamId, squadId });
    if (!squad) throw new AppError("not-found", "This squad is not there.");
    const areRulesNew =
      (given.loadRisePercent ?? squad.loadRisePercent) !== squad.loadRisePercent ||
      (given.drift ?? squad.drift) !== squad.drift;
    const changes: SquadChanges = { ...given, ...(areRulesNew ? { rulesSince: ctx.now } : {}) };
    if ((await updateSquad(ctx.db, { teamId, squadId, changes })) === 0)
      throw new AppError("not-found", "This squad is not there.");
    const detail = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
    await recordAudit(ctx, { teamId, action: "squad/changed", subjectId: squadId, detail });
    const rescored =
      areRulesNew ||
      given.preset ||
      given.timeZone ||
      given.baselineDays ||
      given.baselineMethod ||
      given.loadKind;
    if (rescored) await recordEvents(ctx, [{ name: "squad/settings.changed", data: { squadId } }]);
  });
}

/** Puts a squad away: it leaves the lists and sends no mail; nothing is deleted. Owners only. @throws AppError `not-found`, `forbidden` */
export async function archiveSquad(of: { ctx: Context; input: { squadId: string } }): Promise<void> {
  const { teamId } = requireCan(of.ctx, "squads.archive");
  const squadId = requireId(of.input.squadId);
  await inTransaction(of.ctx, async (ctx) => {
    const changes = { archivedAt: ctx.now };
    if ((await updateSquad(ctx.db, { teamId, squadId, changes })) === 0)
      throw new AppError("not-found", "This squad is not there.");
    await recordAudit(ctx, { teamId, action: "squad/archived", subjectId: squadId });
  });
}

/** Brings a squad back that was put away; its days are scored up to today. Owners only. @throws AppError `not-found`, `forbidden` */
export async function restoreSquad(of: { ctx: Context; input: { squadId: string } }): Promise<void> {
  const { teamId } = requireCan(of.ctx, "squads.archive");
  const squadId = requireId(of.input.squadId);
  await inTransaction(of.ctx, async (ctx) => {
    if ((await updateSquad(ctx.db, { teamId, squadId, changes: { archivedAt: null } })) === 0)
      throw new AppError("not-found", "This squad is not there.");
    await recordEvents(ctx, [{ name: "squad/settings.changed", data: { squadId } }]);
    await recordAudit(ctx, { teamId, action: "squad/restored", subjectId: squadId });
  });
}
